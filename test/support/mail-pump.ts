import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { MailComposer } from '#libs/mail/composer.js';
import { OPEN_GATE } from '#libs/mail/gate.js';
import type { MailGate } from '#libs/mail/gate.js';
import { MailLedger } from '#libs/mail/ledger.js';
import { smtpTransport } from '#libs/mail/transport.js';
import { Pump } from '../../apps/mailer/src/pump.js';
import { createTestDatabase } from './database.js';
import { ScriptedSmtp } from './scripted-smtp.js';
import { until } from './until.js';

export const SENDER = {
  mailFrom: 'Action48 <no-reply@action48.test>',
  publicUrl: 'https://action48.test',
  secretsKey: Buffer.alloc(32).toString('base64'),
};
/** A server that says nothing, or takes too long for one mail, is given up after these. */
const [SILENCE_MS, WHOLE_MS] = [1_500, 4_000];

export interface MailEventRow {
  happening: string;
  attempt: number | null;
  detail: string | null;
}

/** The pump on a ledger of its own, with a mail server that does what it is told. */
export class MailPump {
  private pumps: Pump[] = [];
  readonly warnings: string[] = [];

  private constructor(
    readonly dataSource: DataSource,
    readonly server: ScriptedSmtp,
  ) {}

  /** @param poolSize where several pumps share what each process has for itself */
  static async create(poolSize?: number): Promise<MailPump> {
    const dataSource = await new DataSource(databaseOptions(await createTestDatabase(), poolSize)).initialize();
    const folder = mkdtempSync(join(tmpdir(), 'action48-smtp-'));
    return new MailPump(dataSource, await new ScriptedSmtp(join(folder, 'sink.log')).start());
  }

  start({ composer, gate = OPEN_GATE }: { composer?: MailComposer; gate?: MailGate } = {}): Pump {
    const pump = new Pump(
      new MailLedger(this.dataSource),
      smtpTransport(this.server.url, { silenceMs: SILENCE_MS, wholeMs: WHOLE_MS }),
      composer ?? new MailComposer(this.dataSource.manager, SENDER),
      gate,
      (text) => void this.warnings.push(text),
    );
    this.pumps.push(pump);
    pump.start();
    return pump;
  }

  /** Ends the pumps; the ledger and the server stay. */
  async stop(): Promise<void> {
    await Promise.all(this.pumps.splice(0).map((pump) => pump.stop()));
  }

  async close(): Promise<void> {
    await this.stop();
    await this.server.stop();
    await this.dataSource.destroy();
  }

  /** What has happened to a mail, in order. */
  history({ id }: Pick<Mail, 'id'>): Promise<MailEventRow[]> {
    return this.dataSource.query('SELECT happening, attempt, detail FROM mail_event WHERE mail_id = $1 ORDER BY id', [
      id,
    ]);
  }

  row({ id }: Pick<Mail, 'id'>): Promise<Mail> {
    return this.dataSource.manager.getRepository<Mail>('Mail').findOneByOrFail({ id });
  }

  /** Waits until a mail is in a state. */
  inState(row: Pick<Mail, 'id'>, ...states: Mail['state'][]): Promise<Mail> {
    return until(`it is ${states.join(' or ')}`, async () => {
      const now = await this.row(row);
      return states.includes(now.state) && now;
    });
  }

  /** As if the time for another look had come for everything that waits. */
  async later(): Promise<void> {
    await this.dataSource.query(`UPDATE mail SET send_after = now() - interval '1 second' WHERE state = 'due'`);
  }
}
