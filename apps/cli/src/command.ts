import type { DataSource } from 'typeorm';
import type { Config } from '#libs/config/config.js';

/** What a command of the command line has at hand. Data goes to stdout, progress to stderr. */
export interface CommandContext {
  args: string[];
  options: {
    json: boolean;
    repair: boolean;
    demo: boolean;
    dryRun: boolean;
    fromNow: boolean;
    draft: string | undefined;
    hours: string | undefined;
    days: string | undefined;
    case: string | undefined;
    state: string | undefined;
    recipient: string | undefined;
    reason: string | undefined;
    checkpoints: string | undefined;
    key: string | undefined;
  };
  config: () => Config;
  /** Connected on first use, closed at the end. */
  database: () => Promise<DataSource>;
  /** The same database, as the owner of its tables. */
  ownerDatabase: () => Promise<DataSource>;
  /** The result: one JSON document with `--json`, else the lines. */
  print: (data: unknown, lines: string[]) => void;
  progress: (line: string) => void;
}

/** A command: its words, what it does, and how it ends (0 well · 1 found something wrong · 2 called wrongly). */
export interface CliCommand {
  words: string;
  /** What may follow the words, as the help shows it. */
  takes?: string;
  says: string;
  run: (context: CommandContext) => Promise<0 | 1 | 2>;
}

/** The call itself was wrong: exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}
