import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { ConfigError, loadConfig } from '#libs/config/config.js';
import { log, nestLog } from '#libs/observability/log.js';
import { nestLevels } from '#libs/observability/log-levels.js';
import { reportPresence } from '#libs/observability/presence.js';
import { DigestRounds } from './digest-rounds.js';
import { openInbound } from './inbound/inbound.js';
import { MailerModule } from './mailer.module.js';
import { Pump } from './pump.js';

/** Sends what is due in the mail ledger, gathers digests, and takes in what comes back. */
async function main(): Promise<void> {
  const config = loadConfig();
  const app = await NestFactory.createApplicationContext(MailerModule.with(config), {
    logger: nestLog(nestLevels(config.logLevel)),
    abortOnError: false,
  });
  const [pump, digests, dataSource] = [app.get(Pump), app.get(DigestRounds), app.get(DataSource)];
  const stopReporting = reportPresence(dataSource, 'mailer');
  const stopped = new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop());
    process.once('disconnect', () => stop());
  });
  const inbound = await openInbound(config, dataSource, (text) => log('warn', 'mailer', text));
  pump.start();
  digests.start();
  process.send?.('ready');
  await stopped;
  stopReporting();
  await Promise.all([pump.stop(), digests.stop(), inbound.close()]);
  await dataSource.destroy();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof ConfigError ? error.message : error);
    process.exit(1);
  },
);
