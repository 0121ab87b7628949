import type { LogLevel as NestLevel } from '@nestjs/common';
import type { Config } from '#libs/config/config.js';

/** `LOG_LEVEL` in the words of Nest, from the gravest on. */
const NEST: readonly [Config['logLevel'], NestLevel][] = [
  ['fatal', 'fatal'],
  ['error', 'error'],
  ['warn', 'warn'],
  ['info', 'log'],
  ['debug', 'debug'],
  ['trace', 'verbose'],
];

/** What a Nest application is to write: the level that is set, and everything graver. */
export function nestLevels(level: Config['logLevel']): NestLevel[] | false {
  const last = NEST.findIndex(([name]) => name === level);
  return last < 0 ? false : NEST.slice(0, last + 1).map(([, nest]) => nest);
}

/** The same for Temporal's SDK, which knows neither `fatal` nor silence. */
export function temporalLevel(level: Config['logLevel']): 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' {
  if (level === 'fatal' || level === 'silent') return 'ERROR';
  return level.toUpperCase() as 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
}
