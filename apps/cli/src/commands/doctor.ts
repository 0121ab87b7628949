import { listens } from '#libs/observability/listens.js';
import type { CliCommand } from '../command.js';

const PROBE_MS = 2_000;

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
        up: await listens(temporalHost, Number(temporalPort), PROBE_MS),
        remedy: 'start Temporal or set TEMPORAL_ADDRESS',
      },
      {
        part: 'smtp',
        up: await listens(smtp.hostname, Number(smtp.port || 25), PROBE_MS),
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
