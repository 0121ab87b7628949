import type { LoggerService, LogLevel } from '@nestjs/common';
import { logged } from '#libs/text/characters.js';
import { toldError } from './told-error.js';

/** Frames of a stack follow their error on lines of their own; everything else is one line. */
const lines = (text: string): string => {
  const [first = '', ...rest] = text.split('\n');
  const frames = rest.findIndex((line) => !/^\s+at /.test(line)) < 0 ? rest : [];
  return frames.length
    ? [logged(first), ...frames.map((line) => `    ${logged(line.trim())}`)].join('\n')
    : logged(text);
};

/** `2026-11-28T01:00:00.000Z error api: …`: the instant is UTC, one entry a line. */
export const entry = (level: string, part: string, what: unknown, at = new Date()): string =>
  `${at.toISOString()} ${level} ${logged(part)}: ${lines(what instanceof Error ? toldError(what) : String(what))}\n`;

/** Writes one entry of a log. The only way in which our processes write any. */
export function log(level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace', part: string, what: unknown): void {
  process.stderr.write(entry(level, part, what));
}

/** Nest's own messages and ours, as entries of the same log. `false`: none. */
export function nestLog(levels: LogLevel[] | false): LoggerService | false {
  if (!levels) return false;
  const write =
    (nest: LogLevel, level: Parameters<typeof log>[0]) =>
    (message: unknown, ...more: unknown[]) => {
      if (!levels.includes(nest)) return;
      const part = more.at(-1);
      log(level, typeof part === 'string' && !part.includes('\n') ? part : 'nest', message);
    };
  return {
    fatal: write('fatal', 'fatal'),
    error: write('error', 'error'),
    warn: write('warn', 'warn'),
    log: write('log', 'info'),
    debug: write('debug', 'debug'),
    verbose: write('verbose', 'trace'),
  };
}

interface SdkEntry {
  level: string;
  message: string;
  meta?: Record<string | symbol, unknown> | undefined;
}

/** Facts that the Temporal SDK adds to an entry and that say nothing of anybody. */
const FACTS = [
  'workflowType',
  'workflowId',
  'runId',
  'activityType',
  'activityId',
  'attempt',
  'taskQueue',
  'durationMs',
];

/** What the Temporal SDK reports, without what travels in errors: for `DefaultLogger`. */
export function sdkEntry({ level, message, meta = {} }: SdkEntry): void {
  const facts = FACTS.flatMap((name) => {
    const fact = meta[name];
    return typeof fact === 'string' || typeof fact === 'number' ? logged(`${name}=${fact}`) : [];
  });
  const error = meta['error'] instanceof Error ? `\n${toldError(meta['error'])}` : '';
  const [first = '', ...frames] = error.trim().split('\n');
  const said = [logged(message), ...facts, first].filter(Boolean).join(' ');
  log(sdkLevel(level), 'temporal', [said, ...frames].join('\n'));
}

const sdkLevel = (level: string): Parameters<typeof log>[0] =>
  (({ ERROR: 'error', WARN: 'warn', INFO: 'info', DEBUG: 'debug' }) as const)[level] ?? 'trace';
