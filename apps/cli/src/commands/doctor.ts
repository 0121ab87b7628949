import { connect } from 'node:net';
import type { CliCommand } from '../command.js';

interface Finding {
  part: string;
  up: boolean;
  remedy: string;
}

/** `action48 doctor`: what is up, what is down, and what to do about it. */
export const doctor: CliCommand = {
  words: 'doctor',
  says: 'check each part the system needs and say the remedy for what is down',
  run: async ({ config, database, print }) => {
    const settings = config();
    const smtp = new URL(settings.smtpUrl);
    const [temporalHost = '', temporalPort = ''] = settings.temporalAddress.split(':');
    const findings: Finding[] = [
      { part: 'database', up: await answers(database), remedy: 'start PostgreSQL or set DATABASE_URL' },
      {
        part: 'temporal',
        up: await listens(temporalHost, Number(temporalPort)),
        remedy: 'start Temporal or set TEMPORAL_ADDRESS',
      },
      {
        part: 'smtp',
        up: await listens(smtp.hostname, Number(smtp.port || 25)),
        remedy: 'start the mail server or set SMTP_URL',
      },
    ];
    print(
      findings,
      findings.map(({ part, up, remedy }) => `${part.padEnd(10)} ${up ? 'up' : `down: ${remedy}`}`),
    );
    return findings.every(({ up }) => up) ? 0 : 1;
  },
};

const answers = (database: () => Promise<unknown>): Promise<boolean> =>
  database().then(
    () => true,
    () => false,
  );

const listens = (host: string, port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const end = (up: boolean) => {
      socket.destroy();
      done(up);
    };
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false));
  });
