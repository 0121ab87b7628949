import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clamd } from '#libs/documents/clamd.js';
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
const NO_SCANNER = 'No virus scanner is set: files that people add wait, and nobody gets them. Set SCANNER_ADDRESS.';
const TYPE_ONLY =
  'This deployment has no virus scanner: files are handed out by their type alone. Set SCANNER_ADDRESS to have them scanned.';
const SCANNER_AWAY =
  'The virus scanner does not answer: start clamd or set SCANNER_ADDRESS. Files that people add wait.';

/** Each part of the system, up or down, with the remedy. */
@Injectable()
export class Readiness {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  async check(): Promise<{ ready: boolean; parts: Record<PartName, PartStatus> }> {
    const { temporalAddress, smtpUrl, scannerAddress } = this.config;
    const [temporalHost = '', temporalPort = ''] = temporalAddress.split(':');
    const smtp = new URL(smtpUrl);
    const seen = await this.seen();
    const [temporal, mail, scanner] = await Promise.all([
      listens(temporalHost, Number(temporalPort), PROBE_MS),
      listens(smtp.hostname, Number(smtp.port || 25), PROBE_MS),
      isScanned(scannerAddress) && new Clamd(scannerAddress).answers(),
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
      storage: part(seen !== null, false, 'Files that people add are kept in PostgreSQL, which does not answer.'),
      scanner: part(
        scanner,
        false,
        scannerAddress === 'none' ? TYPE_ONLY : isScanned(scannerAddress) ? SCANNER_AWAY : NO_SCANNER,
      ),
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

/** Whether there is a scanner to ask. */
const isScanned = (address: string): boolean => address !== '' && address !== 'none';

const part = (up: boolean, needed: boolean, remedy: string): PartStatus =>
  up ? { status: 'up', needed } : { status: 'down', needed, remedy };
