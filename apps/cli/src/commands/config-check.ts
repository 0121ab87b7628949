import type { CliCommand } from '../command.js';

/** `action48 config check`: every setting with its value; secrets are not shown. */
export const configCheck: CliCommand = {
  words: 'config check',
  says: 'check the environment and show the settings in force',
  run: ({ config, print }) => {
    const settings = Object.entries(config()).map(([name, value]) => [name, shown(name, String(value))] as const);
    print(
      Object.fromEntries(settings),
      settings.map(([name, value]) => `${name.padEnd(18)} ${value}`),
    );
    return Promise.resolve(0);
  },
};

/** Secrets of their own, beside the passwords in addresses. */
const SECRETS = ['metricsToken', 'oidcClientSecret', 'secretsKey', 'payloadKeys', 'checkpointKey'];

const shown = (name: string, value: string): string =>
  value && SECRETS.includes(name) ? '***' : withoutPassword(value);

const withoutPassword = (value: string): string => value.replace(/:\/\/([^:/@]+):[^@]+@/, '://$1:***@');
