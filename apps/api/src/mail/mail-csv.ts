import type { LedgerRow } from '#libs/mail-views/ledger-row.js';
import type { MailFilter } from '#libs/mail-views/mail-conditions.js';
import type { Asking, MailSearch } from '#libs/mail-views/mail-search.js';
import { csvText } from '../layout/csv.js';

const COLUMNS = [
  ...['due_at', 'reference', 'kind', 'clock', 'level', 'to', 'to_name', 'party', 'language', 'class', 'state'],
  ...['held_for', 'attempts', 'sent_at', 'bounced_at', 'left_at', 'response', 'cause', 'digest', 'message_id', 'id'],
];
/** A file of more lines than this is asked for in parts, by dates. */
const MOST_LINES = 20_000;
const LINES_A_QUERY = 200;

/** Every row that the filter finds, in the order of the page, up to a number that a spreadsheet still opens. */
export async function everyMail(search: MailSearch, filter: MailFilter, asking: Asking): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = [];
  let cursor: string | null | undefined;
  do {
    const { items, next } = await search.page({ ...filter, limit: LINES_A_QUERY, cursor: cursor ?? undefined }, asking);
    rows.push(...items);
    cursor = next;
  } while (cursor && rows.length < MOST_LINES);
  return rows;
}

export const csvOfMails = (rows: readonly LedgerRow[]): string => csvText([COLUMNS, ...rows.map(lineOf)]);

const lineOf = (row: LedgerRow): string[] => [
  ...[row.dueAt, row.reference ?? '', row.kind, row.about.clock ?? '', row.about.level ?? ''],
  ...[row.to ?? '', row.toName ?? '', row.party ?? '', row.language, row.class, row.state, row.heldFor ?? ''],
  ...[String(row.attempts), row.sentAt ?? '', row.bouncedAt ?? '', row.leftAt ?? '', row.response ?? ''],
  ...[row.cause ?? '', row.digest?.id ?? '', row.messageId, row.id],
];
