import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '#libs/config/config.js';
import { listens } from '#libs/observability/listens.js';

export interface PartStatus {
  status: 'up' | 'down';
  /** Whether the system is ready without it. */
  needed: boolean;
  /** What it means, and what to do. */
  remedy?: string;
}
export type PartName = 'database' | 'temporal' | 'worker' | 'mailer' | 'smtp' | 'storage' | 'scanner';

const SEEN_WITHIN_SECONDS = 30;
const PROBE_MS = 1_500;
const NO_ATTACHMENTS = 'Attachments are not accepted in this version; nothing to do.';

/** Each part of the system, up or down, with the remedy. */
@Injectable()
export class Readiness {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  async check(): Promise<{ ready: boolean; parts: Record<PartName, PartStatus> }> {
    const { temporalAddress, smtpUrl } = this.config;
    const [temporalHost = '', temporalPort = ''] = temporalAddress.split(':');
    const smtp = new URL(smtpUrl);
    const seen = await this.seen();
    const [temporal, mail] = await Promise.all([
      listens(temporalHost, Number(temporalPort), PROBE_MS),
      listens(smtp.hostname, Number(smtp.port || 25), PROBE_MS),
    ]);
    const parts: Record<PartName, PartStatus> = {
      database: part(
        seen !== null,
        true,
        'PostgreSQL does not answer: start it or set DATABASE_URL. Nothing can be accepted until then.',
      ),
      temporal: part(
        temporal,
        true,
        'Temporal does not answer: start it or set TEMPORAL_ADDRESS. New requests are accepted; other steps wait.',
      ),
      worker: part(
        seen?.includes('worker') ?? false,
        true,
        'No worker has reported: start it (npm run start:worker). New requests are accepted; other steps wait.',
      ),
      mailer: part(
        seen?.includes('mailer') ?? false,
        false,
        'No mailer has reported: start it (npm run start:mailer). Mails wait in the ledger.',
      ),
      smtp: part(mail, false, 'The mail server does not answer: start it or set SMTP_URL. Mails wait in the ledger.'),
      storage: part(false, false, NO_ATTACHMENTS),
      scanner: part(false, false, NO_ATTACHMENTS),
    };
    return { ready: Object.values(parts).every(({ status, needed }) => status === 'up' || !needed), parts };
  }

  /** Processes that have reported lately; null when the database is away. */
  private async seen(): Promise<string[] | null> {
    try {
      const rows = await this.dataSource.query<{ name: string }[]>(
        `SELECT substr(name, 6) AS name FROM deployment
         WHERE name LIKE 'seen:%' AND (value->>'at')::timestamptz > now() - make_interval(secs => $1)`,
        [SEEN_WITHIN_SECONDS],
      );
      return rows.map(({ name }) => name);
    } catch {
      return null;
    }
  }
}

const part = (up: boolean, needed: boolean, remedy: string): PartStatus =>
  up ? { status: 'up', needed } : { status: 'down', needed, remedy };
