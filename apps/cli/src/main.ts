#!/usr/bin/env node
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { DataSource } from 'typeorm';
import { ConfigError, loadConfig } from '#libs/config/config.js';
import type { Config } from '#libs/config/config.js';
import { databaseOptions } from '#libs/database/options.js';
import type { CliCommand, CommandContext } from './command.js';
import { UsageError } from './command.js';
import { explain } from './explain.js';
import { trialSecrets } from './trial-secrets.js';
import { caseExport, caseList, caseRebuild, caseShow } from './commands/case.js';
import { checkpointKey, checkpointMake, checkpointNewKey, checkpointProof } from './commands/checkpoint.js';
import { configCheck } from './commands/config-check.js';
import { doctor } from './commands/doctor.js';
import { caseErase, personData, personErase, retention } from './commands/erasure.js';
import { mailLeave, mailResend } from './commands/mail-decisions.js';
import { mailForecast } from './commands/mail-forecast.js';
import { mailList, mailShow, mailUnknown } from './commands/mail-ledger.js';
import { migrate } from './commands/migrate.js';
import { reconcile } from './commands/reconcile.js';
import { seed } from './commands/seed.js';
import { slaConformance } from './commands/sla-conformance.js';
import { slaExplain } from './commands/sla-explain.js';
import { slaForecast } from './commands/sla-forecast.js';
import { slaWhatIf } from './commands/sla-what-if.js';
import { slaZones } from './commands/sla-zones.js';
import { verify } from './commands/verify.js';

const COMMANDS: CliCommand[] = [
  doctor,
  migrate,
  seed,
  caseList,
  caseShow,
  caseExport,
  caseRebuild,
  caseErase,
  personErase,
  personData,
  retention,
  slaConformance,
  slaExplain,
  slaWhatIf,
  slaForecast,
  slaZones,
  mailList,
  mailShow,
  mailUnknown,
  mailResend,
  mailLeave,
  mailForecast,
  reconcile,
  verify,
  checkpointKey,
  checkpointMake,
  checkpointNewKey,
  checkpointProof,
  configCheck,
];

const lineOf = ({ words, takes }: CliCommand): string => [words, takes].filter(Boolean).join(' ');

const help = (commands = COMMANDS): string => {
  const width = Math.max(...commands.map((one) => lineOf(one).length));
  return [
    'Usage: action48 <command> [--json]',
    '',
    ...commands.map((one) => `  ${lineOf(one).padEnd(width)}  ${one.says}`),
    '',
    '--json prints one JSON document. Data goes to stdout, progress to stderr.',
    'Exit codes: 0 well, 1 something was found wrong, 2 the call or the settings are wrong.',
  ].join('\n');
};

/** The longest command whose words begin the line. */
function find(words: string[]): { command: CliCommand; args: string[] } {
  const line = words.join(' ');
  const command = COMMANDS.find((one) => line === one.words || line.startsWith(`${one.words} `));
  if (!command) throw new UsageError(`There is no command "${line}".\n\n${help()}`);
  const args = words.slice(command.words.split(' ').length);
  if (args.length > (command.takes?.match(/[A-Z]+/g) ?? []).length)
    throw new UsageError(`"${args.at(-1)}" is one word too many.\n\n${help([command])}`);
  return { command, args };
}

const settings = (): Config => loadConfig({ ...trialSecrets(process.env), ...process.env });

const FLAGS = {
  json: { type: 'boolean' },
  repair: { type: 'boolean' },
  demo: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  'from-now': { type: 'boolean' },
  draft: { type: 'string' },
  hours: { type: 'string' },
  days: { type: 'string' },
  case: { type: 'string' },
  state: { type: 'string' },
  recipient: { type: 'string' },
  reason: { type: 'string' },
  checkpoints: { type: 'string' },
  key: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: FLAGS, allowPositionals: true });
  if (values.help) {
    const asked = COMMANDS.filter(({ words }) => positionals.length && words.startsWith(positionals.join(' ')));
    console.log(help(asked.length ? asked : COMMANDS));
    return 0;
  }
  if (!positionals.length) throw new UsageError(help());
  const { command, args } = find(positionals);
  const connected = new Map<string, DataSource>();
  const connect = async (url: string): Promise<DataSource> => {
    const open = connected.get(url) ?? (await new DataSource(databaseOptions(url)).initialize());
    connected.set(url, open);
    return open;
  };
  const context: CommandContext = {
    args,
    options: {
      json: values.json ?? false,
      repair: values.repair ?? false,
      demo: values.demo ?? false,
      dryRun: values['dry-run'] ?? false,
      fromNow: values['from-now'] ?? false,
      draft: values.draft,
      hours: values.hours,
      days: values.days,
      case: values.case,
      state: values.state,
      recipient: values.recipient,
      reason: values.reason,
      checkpoints: values.checkpoints,
      key: values.key,
    },
    config: settings,
    database: () => connect(settings().databaseUrl),
    ownerDatabase: () => connect(settings().databaseOwnerUrl || settings().databaseUrl),
    print: (data, lines) => console.log(values.json ? JSON.stringify(data) : lines.join('\n')),
    progress: (line) => console.error(line),
  };
  try {
    return await command.run(context);
  } finally {
    for (const dataSource of connected.values()) await dataSource.destroy();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const usage =
      error instanceof UsageError ||
      error instanceof ConfigError ||
      (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    console.error(explain(error));
    process.exit(usage ? 2 : 1);
  },
);
