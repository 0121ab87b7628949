import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { MailHappening } from '#libs/database/entities/mail-event.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { MAIL_CLASSES } from '#libs/domain/mail/mail-class.js';
import type { MailClass } from '#libs/domain/mail/mail-class.js';
import { Coalesced } from './coalesced.js';
import type { Hold } from './gate.js';
import { ALONE, CLAIM, GIVE_BACK, GIVE_UP, HOLD, NOTE, SENDING } from './ledger-statements.js';

/** A claim or a sending this old belongs to a mailer that is gone: the longest delivery takes less. */
const ABANDONED_SECONDS = 180;

/** A mail as it was taken up. */
export type InHand = Pick<Mail, 'id' | 'attempts'>;

/** What became of a mail in hand. */
interface Note {
  row: InHand;
  state: Mail['state'];
  happening: MailHappening;
  detail: string;
  pauseSeconds?: number;
  /** Whether it was handed to a server: it is an attempt then, and told as one whatever state the row is in by now. */
  tried: boolean;
}

/**
 * The ledger's states: `due → claimed → sending → sent | failed | unknown`, or `claimed → suppressed`; every attempt and
 * outcome leaves a line in the history. Every change is committed on its own, together with those of other connections
 * that ask at the same time.
 */
export class MailLedger {
  private readonly marks = new Coalesced<InHand, boolean>((rows) => this.mark(rows));
  private readonly notes = new Coalesced<Note, void>((notes) => this.write(notes));

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Takes up to `limit` mails that are due, urgent ones before all others; two mailers never take the same one.
   * @returns in the order in which they are to be sent
   */
  async claim(limit: number, classes: readonly MailClass[] = MAIL_CLASSES): Promise<Mail[]> {
    const [rows] = await this.dataSource.query<[Record<string, unknown>[], number]>(CLAIM, [classes, limit]);
    return rows.map((row) => this.entity(row)).sort(inOrder);
  }

  /**
   * Of all mailers only one at a time does this: takes mails up and asks what stands in their way. Two that did it at once
   * would not see of each other how much somebody is just being sent.
   */
  oneAtATime(work: () => Promise<void>): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query(ALONE);
      await work();
    });
  }

  /** Committed before the connection is used: from here on the outcome may be unknown. False when the row is not ours any more. */
  sending(row: InHand): Promise<boolean> {
    return this.marks.ask(row);
  }

  sent(row: InHand, response: string): Promise<void> {
    return this.notes.ask({ row, state: 'sent', happening: 'sent', detail: response, tried: true });
  }

  /** Given up: refused by the server, or not taken for too long. */
  failed(row: InHand, response: string, happening: 'refused' | 'not_sent' = 'refused'): Promise<void> {
    return this.notes.ask({ row, state: 'failed', happening, detail: response, tried: true });
  }

  /** Taken up, and no message can be made of it. */
  unwritable(row: InHand, why: string): Promise<void> {
    return this.notes.ask({ row, state: 'failed', happening: 'not_sent', detail: why, tried: false });
  }

  /** Taken up, and not to be sent by this deployment. */
  suppressed(row: InHand, why: string): Promise<void> {
    return this.notes.ask({ row, state: 'suppressed', happening: 'suppressed', detail: why, tried: false });
  }

  /** Tried again after a pause, unless nobody may be told any more. @param happening what the attempt came to */
  postpone(row: InHand, pauseSeconds: number, why: string, happening: MailHappening = 'not_sent'): Promise<void> {
    return this.notes.ask({ row, state: 'due', happening, detail: why, pauseSeconds, tried: true });
  }

  /** Taken up, and no message could be made of it now. */
  putOff(row: InHand, pauseSeconds: number, why: string): Promise<void> {
    return this.notes.ask({ row, state: 'due', happening: 'not_sent', detail: why, pauseSeconds, tried: false });
  }

  /** Nobody knows whether it arrived: nothing more is sent, and it is shown. */
  unknown(row: InHand, response: string): Promise<void> {
    return this.notes.ask({ row, state: 'unknown', happening: 'unknown', detail: response, tried: true });
  }

  /** Taken up, and not to go now. @param holds by id */
  async hold(holds: ReadonlyMap<string, Hold>): Promise<void> {
    if (!holds.size) return;
    const all = [...holds.values()];
    await this.dataSource.query(HOLD, [
      [...holds.keys()],
      all.map(({ until }) => until),
      all.map(({ heldFor }) => heldFor),
    ]);
  }

  /** Claimed and not begun: another mailer, or the next start, may take them. */
  async release(rows: readonly InHand[]): Promise<void> {
    if (!rows.length) return;
    const ids = rows.map(({ id }) => id);
    await this.dataSource.query(`UPDATE mail SET state = 'due' WHERE id = ANY ($1) AND state = 'claimed'`, [ids]);
  }

  /** What a mailer that died left behind: claimed mails go back, half-sent ones are unknown. */
  async recover(): Promise<void> {
    for (const statement of [GIVE_BACK, GIVE_UP]) await this.dataSource.query(statement, [ABANDONED_SECONDS]);
  }

  private async mark(rows: readonly InHand[]): Promise<boolean[]> {
    const marked = await this.prepared<{ id: string }>('mail_sending', SENDING, [rows.map(({ id }) => id)]);
    const ours = new Set(marked.map(({ id }) => id));
    return rows.map(({ id }) => ours.has(id));
  }

  private async write(notes: readonly Note[]): Promise<void[]> {
    await this.prepared('mail_note', NOTE, [
      notes.map(({ row }) => row.id),
      notes.map(({ state }) => state),
      notes.map(({ happening }) => happening),
      notes.map(({ detail }) => readable(detail)),
      notes.map(({ pauseSeconds = 0 }) => pauseSeconds),
      notes.map(({ row }) => row.attempts),
      notes.map(({ tried }) => tried),
    ]);
    return notes.map(() => undefined);
  }

  /** Statements of every mail are parsed and planned once a connection. */
  private async prepared<R extends object>(name: string, text: string, values: unknown[]): Promise<R[]> {
    const { master } = this.dataSource.driver as unknown as { master: Pool };
    return (await master.query<R>({ name, text, values })).rows;
  }

  /** As `find` would return it, without asking again. */
  private entity(row: Record<string, unknown>): Mail {
    const { columns } = this.dataSource.getMetadata(Mail);
    return Object.fromEntries(
      columns.map(({ propertyName, databaseName }) => [propertyName, row[databaseName]]),
    ) as unknown as Mail;
  }
}

const rank = ({ class: of }: Mail): number => (of === 'urgent' ? 0 : 1);

const inOrder = (a: Mail, b: Mail): number =>
  rank(a) - rank(b) || a.sendAfter.getTime() - b.sendAfter.getTime() || (a.id < b.id ? -1 : 1);

const LONGEST_RESPONSE = 500;

/** A server may answer anything, also what PostgreSQL cannot store. */
const readable = (response: string): string => response.replace(/\p{Cc}+/gu, ' ').slice(0, LONGEST_RESPONSE);
