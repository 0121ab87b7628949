import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsNotEmpty,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  Validate,
  ValidateBy,
  validateSync,
} from 'class-validator';
import type { ValidationArguments } from 'class-validator';
import { nameOf } from './name-of.js';
import { ArePayloadKeys } from './payload-keys.rule.js';
import { wrongTogether } from './wrong-together.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** More are no use on one machine; servers that allow fewer answer 421, and then it is to be set. */
export const SMTP_CONNECTIONS = 20;

/** In everybody's copy of this program, so no secret: for a trial and for tests. */
const TRIAL_SECRETS_KEY = Buffer.alloc(32, 'action48').toString('base64');

/** Production has a value of its own. */
const OwnInProduction = (preset: string) =>
  ValidateBy({
    name: 'ownInProduction',
    validator: {
      validate: (value, args?: ValidationArguments) =>
        (args?.object as Config).deployment !== 'production' || value !== preset,
      defaultMessage: () => 'must be set in production',
    },
  });

/** Everything that a deployment may set. No other module reads the environment. */
export class Config {
  @IsIn(['trial', 'production'])
  deployment: 'trial' | 'production' = 'trial';

  @Matches(/^postgres(ql)?:\/\//, { message: 'must be a postgres:// address' })
  databaseUrl = '';

  /** Owner of the tables, for `migrate` alone; empty: `databaseUrl` owns them, and can change what it has logged. */
  @Matches(/^$|^postgres(ql)?:\/\//, { message: 'must be a postgres:// address' })
  databaseOwnerUrl = '';

  @IsString()
  @Matches(/^[^\s:]+:\d+$/, { message: 'must be host:port' })
  temporalAddress = '127.0.0.1:4833';

  @IsNotEmpty()
  temporalNamespace = 'default';

  @IsNotEmpty()
  temporalTaskQueue = 'case';

  @Matches(/^smtps?:\/\//, { message: 'must be an smtp:// or smtps:// address' })
  smtpUrl = 'smtp://127.0.0.1:4825';

  /** How many mails are with that server at one time; one of them is kept for urgent mails. */
  @Type(() => Number)
  @IsInt()
  @Min(2)
  @Max(100)
  smtpConnections = SMTP_CONNECTIONS;

  /** Whether the server at `smtpUrl` keeps every mail to itself; production does not ask. */
  @IsIn(['yes', 'no'])
  mailSink: 'yes' | 'no' = 'no';

  /** Whom mail may reach outside production through a server that is no sink: `a@example.org, @example.net`. */
  @Matches(/^[\s,;]*(?:[^\s,;<>@]*@[^\s,;<>@]+\.[^\s,;<>@]+(?:[\s,;]+|$))*$/, {
    message: 'must be addresses (a@example.org) and domains (@example.org), parted by commas',
  })
  mailAllowed = '';

  /** Domain that signs mails (DKIM); with `dkimSelector` and `dkimKey`, or none of them. For the mailer alone. */
  @Matches(/^$|^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i, {
    message: 'must be the name of a domain',
  })
  dkimDomain = '';

  /** Where its public key stands in the DNS: `<selector>._domainkey.<domain>`. */
  @Matches(/^$|^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/i, { message: 'must be letters, digits, dots and hyphens' })
  dkimSelector = '';

  /** RSA key that signs: a PEM, or the path of a file with one. */
  @IsString()
  dkimKey = '';

  @Matches(/^[^\r\n<>]*<[^\s<>@]+@[^\s<>@]+>$/, { message: 'must look like Name <address@host>' })
  mailFrom = 'Action48 <no-reply@action48.test>';

  @IsUrl(
    { require_tld: false, require_protocol: true, protocols: ['http', 'https'] },
    { message: 'must be an http(s):// address' },
  )
  publicUrl = 'http://localhost:4800';

  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  port = 4800;

  /** Interface that the API listens on. */
  @IsNotEmpty()
  host = '127.0.0.1';

  /** Proxies in front of the API, one behind the other; so many are believed about who asks and over what. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(10)
  trustProxy = 0;

  /** Where somebody who finds a weakness writes to; named in `/.well-known/security.txt`. */
  @Matches(/^$|^(mailto:[^\s<>]+@[^\s<>]+|https:\/\/\S+)$/, { message: 'must be a mailto: or https: address' })
  securityContact = '';

  @IsIn(LOG_LEVELS)
  logLevel: (typeof LOG_LEVELS)[number] = 'info';

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(24 * 30)
  sessionHours = 12;

  /** A session that nobody uses for so long is over. */
  @Type(() => Number)
  @IsInt()
  @Min(15)
  @Max(24 * 60)
  sessionIdleMinutes = 60;

  /** Whether staff must have a second factor; where it is not set: in production, but not in a trial. */
  @IsIn(['', 'required', 'optional'])
  staffSecondFactor: '' | 'required' | 'optional' = '';

  /** Compiled time zones of the system, to be compared with those that the program runs on. */
  @IsNotEmpty()
  zoneinfoDir = '/usr/share/zoneinfo';

  @Type(() => Number)
  @IsInt()
  @Min(500)
  @Max(60_000)
  commandDeadlineMs = 8_000;

  /** `id:base64key[,id2:…]`, 32 bytes each: the first encrypts what Temporal keeps, all decrypt. Production needs one. */
  @Validate(ArePayloadKeys)
  payloadKeys = '';

  /** What `GET /metrics` asks for where it is not asked from near by; empty: it answers only there. */
  @Matches(/^$|^[\x21-\x7e]{16,}$/, { message: 'must be 16 characters or more, without spaces' })
  metricsToken = '';

  /** What must be kept and read again is sealed under it (second factors, codes on their way): `openssl rand -base64 32`. */
  @Matches(/^[A-Za-z0-9+/]{43}=$/, { message: 'must be 32 random bytes in base64 (openssl rand -base64 32)' })
  @OwnInProduction(TRIAL_SECRETS_KEY)
  secretsKey = TRIAL_SECRETS_KEY;

  /**
   * clamd, which looks through what people add: `host:port` or `unix:/path`. `none`, never in production: nothing is
   * scanned, files are handed out by their type alone, and pages say so. Empty: files wait, and nobody gets them.
   */
  @Matches(/^$|^none$|^unix:\/\S+$|^[^\s:/]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/i, {
    message: 'must be host:port, unix:/path or none',
  })
  scannerAddress = '';

  /** Where checkpoints of the logs are written, outside the database; empty: none are made. */
  @IsString()
  checkpointDir = '';

  /** Ed25519 key that signs them: a PEM, 32 bytes in base64, or the path of a file with either. For the worker alone. */
  @IsString()
  checkpointKey = '';

  /** Public keys that checkpoints are checked with: PEMs one after another, or the path of such a file. Empty: the key's own. */
  @IsString()
  checkpointPublicKeys = '';

  /** Domain of the addresses that replies and bounces come back to (`reply+…@`, `bounces+…@`); empty: none are taken. */
  @Matches(/^$|^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/, { message: 'must be a domain name' })
  inboundDomain = '';

  /** Where the mailer takes mail by LMTP, `host:port`; empty: it does not. Nobody signs in there: for the mail server alone. */
  @Matches(/^$|^[^\s:]+:\d+$/, { message: 'must be host:port' })
  inboundLmtp = '';

  /** A mailbox that the mailer empties: `imaps://user:password@host[:port][/folder]`; empty: none. */
  @Matches(/^$|^imaps?:\/\/[^\s/@]+:[^\s/@]+@[^\s/@]+(\/\S*)?$/, {
    message: 'must be imaps://user:password@host/folder, signs like @ in a password as %40',
  })
  imapUrl = '';

  /** Folder of that mailbox to which what has been read is moved. */
  @IsNotEmpty()
  imapDoneFolder = 'Action48';

  /** OpenID provider at which staff may sign in; empty: none. */
  @Matches(/^$|^https?:\/\/[^\s?#]+$/, { message: 'must be an http(s):// address without a query' })
  oidcIssuer = '';

  @IsString()
  oidcClientId = '';

  @IsString()
  oidcClientSecret = '';

  /** What people call that provider: it stands on the button. */
  @IsNotEmpty()
  oidcName = 'single sign-on';
}

/** The boot stops here, with every wrong name in one message. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads the settings. @throws ConfigError that lists every wrong variable with the rule it breaks */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.keys(new Config()).flatMap((field) => {
    const value = env[nameOf(field)];
    return value === undefined || value === '' ? [] : [[field, value]];
  });
  const config = plainToInstance(Config, { ...new Config(), ...(Object.fromEntries(given) as object) });
  const wrong = [
    ...validateSync(config).map(
      ({ property, constraints }) => `  ${nameOf(property)}: ${Object.values(constraints ?? {}).join('; ')}`,
    ),
    ...wrongTogether(config),
  ];
  if (wrong.length) throw new ConfigError(`The settings are not right:\n${wrong.join('\n')}`);
  config.staffSecondFactor ||= config.deployment === 'production' ? 'required' : 'optional';
  return config;
}
