// The mail catcher of the trial, in a process of its own.
import { startCatcher } from '../../dist/libs/mail/catcher.js';

const catcher = await startCatcher({ port: Number(process.env.SMTP_PORT), databaseUrl: process.env.DATABASE_URL });

const stop = async () => {
  await catcher.close();
  process.exit(0);
};
process.once('SIGTERM', () => void stop());
process.once('disconnect', () => void stop());
process.send?.('ready');
