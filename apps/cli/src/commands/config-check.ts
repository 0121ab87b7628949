import type { Config } from '#libs/config/config.js';
import { dkimRecord } from '#libs/mail/dkim.js';
import { messageIdDomain } from '#libs/mail/message-id.js';
import type { CliCommand } from '../command.js';

/** `action48 config check`: every setting with its value, and what DNS must say for mails to be signed; secrets are not shown. */
export const configCheck: CliCommand = {
  words: 'config check',
  says: 'check the environment and show the settings in force',
  run: ({ config, print }) => {
    const given = config();
    const settings = Object.entries(given).map(([name, value]) => [name, shown(name, String(value))] as const);
    if (given.dkimKey) {
      const { name, text } = dkimRecord(given);
      settings.push(['dkimRecord', `${name} TXT "${text}"`]);
      if (!isOwnDomain(given))
        settings.push(['note', 'MAIL_FROM is not of DKIM_DOMAIN: receivers will not count the signature']);
    }
    print(
      Object.fromEntries(settings),
      settings.map(([name, value]) => `${name.padEnd(18)} ${value}`),
    );
    return Promise.resolve(0);
  },
};

/** Secrets of their own, beside the passwords in addresses. */
const SECRETS = ['metricsToken', 'oidcClientSecret', 'secretsKey', 'payloadKeys', 'checkpointKey', 'dkimKey'];

/** DMARC counts a signature of the sender's own domain, or of one above it. */
const isOwnDomain = ({ mailFrom, dkimDomain }: Config): boolean =>
  `.${messageIdDomain(mailFrom)}`.toLowerCase().endsWith(`.${dkimDomain}`.toLowerCase());

const shown = (name: string, value: string): string =>
  value && SECRETS.includes(name) ? '***' : withoutPassword(value);

const withoutPassword = (value: string): string => value.replace(/:\/\/([^:/@]+):[^@]+@/, '://$1:***@');
