import { MAIL_STATES } from '#libs/database/entities/mail.entity.js';
import { formatShort } from '#libs/i18n/dates.js';
import type { LedgerRow, MailState } from '#libs/mail-views/ledger-row.js';
import type { MailFilter } from '#libs/mail-views/mail-conditions.js';
import { MailSearch } from '#libs/mail-views/mail-search.js';
import type { CliCommand, CommandContext } from '../command.js';
import { UsageError } from '../command.js';

/** Whoever runs the deployment has the database itself. */
const OPERATOR = { actor: null, requestId: null };
const MOST_LINES = 200;

/** `action48 mail list [--case REF] [--state STATE] [--recipient PART]`: the newest of the ledger. */
export const mailList: CliCommand = {
  words: 'mail list',
  says: `list the mails of the ledger, latest due first, at most ${MOST_LINES} (--case REF, --state STATE, --recipient PART)`,
  run: (context) => list(context, filterOf(context)),
};

/** `action48 mail unknown`: what somebody has to decide on. */
export const mailUnknown: CliCommand = {
  words: 'mail unknown',
  says: 'list the mails that did not arrive for certain and wait for a decision',
  run: (context) => list(context, { ...filterOf(context), undecided: true }),
};

/** `action48 mail show ID`: one mail with all that happened to it. */
export const mailShow: CliCommand = {
  words: 'mail show',
  takes: 'ID',
  says: 'show one mail of the ledger with all that happened to it',
  run: async (context) => {
    const row = await mailOf(context);
    context.print(row, [
      lineOf(row),
      `Message-ID ${row.messageId}`,
      ...(row.response ? [`server: ${row.response}`] : []),
      ...row.history.map(({ at, happening, attempt, detail }) =>
        [at, happening, attempt ? `attempt ${attempt}` : '', detail ?? ''].filter(Boolean).join('  '),
      ),
    ]);
    return 0;
  },
};

/** The mail that the call names. @throws UsageError when there is none */
export async function mailOf({ args, database }: CommandContext): Promise<LedgerRow> {
  const id = args[0] ?? '';
  const row = /^[0-9a-f-]{36}$/i.test(id) ? await new MailSearch(await database()).find(id, OPERATOR) : null;
  if (!row) throw new UsageError(`There is no mail "${id}". \`action48 mail list\` names them.`);
  return row;
}

async function list({ database, print }: CommandContext, filter: MailFilter): Promise<0> {
  const { items } = await new MailSearch(await database()).page({ ...filter, limit: MOST_LINES }, OPERATOR);
  print(items, items.length ? items.map(lineOf) : ['no mail']);
  return 0;
}

function filterOf({ options }: CommandContext): MailFilter {
  const { state } = options;
  if (state !== undefined && !(MAIL_STATES as readonly string[]).includes(state))
    throw new UsageError(`--state: must be one of ${MAIL_STATES.join(', ')}, not "${state}".`);
  return { reference: options.case, recipient: options.recipient, state: state as MailState | undefined };
}

const lineOf = ({ id, reference, kind, to, state, heldFor, dueAt, sentAt }: LedgerRow): string =>
  [
    id,
    (reference ?? 'account').padEnd(16),
    kind.padEnd(20),
    (heldFor ? `${state} (${heldFor})` : state).padEnd(14),
    formatShort(Date.parse(sentAt ?? dueAt), 'en').padEnd(20),
    to ?? '',
  ].join('  ');
