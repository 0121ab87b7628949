import { SMTP_CONNECTIONS } from '#libs/config/config.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { MailPump } from '../support/mail-pump.js';
import { dueMail } from '../support/mail-rows.js';
import type { Logged, Reaction, ScriptStep } from '../support/scripted-smtp.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

type Ended = 'sent' | 'unknown' | 'failed';
type Fault = [what: string, step: ScriptStep, reaction: Reaction, reminder: Ended, notice: Ended];

const BEFORE_THE_MESSAGE: ScriptStep[] = ['greeting', 'ehlo', 'mail', 'rcpt', 'data'];
const passing = (what: string, steps: ScriptStep[], reaction: Reaction): Fault[] =>
  steps.map((step) => [`${what} (${step})`, step, reaction, 'sent', 'sent']);

const FAULTS: Fault[] = [
  ...passing('421, the server goes', [...BEFORE_THE_MESSAGE, 'body', 'message'], 421),
  ...passing('450, the box is busy', ['rcpt', 'data', 'message'], 450),
  ...passing('550, before it is about this mail', ['greeting', 'mail'], 550),
  ['550, no such box', 'rcpt', 550, 'failed', 'failed'],
  ['550, not at DATA', 'data', 550, 'failed', 'failed'],
  ['550, the message is refused', 'message', 550, 'failed', 'failed'],
  ...passing('silence', BEFORE_THE_MESSAGE, 'hang'),
  ['silence in the middle of the message', 'body', 'hang', 'unknown', 'sent'],
  ['silence behind the message', 'message', 'hang', 'unknown', 'sent'],
  ...passing('the line is cut', BEFORE_THE_MESSAGE, 'drop'),
  ['the line is cut in the middle of the message', 'body', 'drop', 'unknown', 'sent'],
  ['the line is cut before the 250', 'message', 'drop', 'unknown', 'sent'],
  ...passing('the line is cut after the 250', ['message'], 'accept_and_drop'),
  ...passing('a byte a second', ['greeting', 'rcpt'], 'trickle'),
  ['a byte a second behind the message', 'message', 'trickle', 'unknown', 'sent'],
];

/** What a recipient may have: every copy but those that the server refused in so many words. */
const mayHave = ({ answer }: Logged): boolean => answer === null || answer < 400;

describe('F5: a mail server that fails', () => {
  let mail: MailPump;
  let rows: Mail[];
  beforeAll(async () => {
    mail = await MailPump.create();
  });
  beforeEach(async () => {
    const deliveries = ['reminder', 'notice', 'reminder', 'notice'] as const;
    rows = await Promise.all(
      deliveries.map((delivery) =>
        dueMail(mail.dataSource, { delivery, kind: delivery === 'notice' ? 'breach' : 'reminder' }),
      ),
    );
  });
  afterEach(async () => {
    await mail.stop();
    mail.server.script = () => 'accept';
  });
  afterAll(() => mail.close());

  const now = () => Promise.all(rows.map((row) => mail.row(row)));
  const everyRow = (what: string, is: (row: Mail) => boolean) => until(what, async () => (await now()).every(is));
  const inHand = ({ state }: Mail): boolean => state === 'claimed' || state === 'sending';

  /** Compares the server's own file with the ledger, row by row. */
  const checkEveryKey = async () => {
    for (const row of await now()) {
      const copies = mail.server.log().filter(({ key }) => key === row.id);
      const held = copies.filter(mayHave);
      expect(
        copies.every(({ messageId, recipient }) => messageId === row.messageId && recipient === row.recipient),
      ).toBe(true);
      if (row.delivery === 'reminder') expect(held.length).toBeLessThanOrEqual(1);
      if (row.state === 'sent') expect(held.filter(({ answer }) => answer === 250)).toHaveLength(1);
      if (row.state === 'failed') expect(held).toEqual([]);
      expect(row.state).toMatch(/^(sent|unknown|failed)$/);
      const attempts = (await mail.history(row)).map(({ attempt }) => attempt);
      expect(attempts).toEqual(Array.from({ length: row.attempts }, (_, index) => index + 1));
    }
  };

  it.each(FAULTS)('%s: every key is at the recipient once, or unknown in the ledger', async (...fault) => {
    const [, step, reaction, reminder, notice] = fault;
    mail.server.script = (asked) => (asked === step ? reaction : 'accept');
    mail.start();
    await everyRow('each was tried while the fault lasted', (row) => row.attempts > 0 && !inHand(row));
    for (const row of await now()) if (row.state === 'due') expect(row.heldFor).toBe('retry');
    mail.server.script = () => 'accept';
    await mail.later();
    await everyRow('each is settled', ({ state, delivery }) => state === (delivery === 'reminder' ? reminder : notice));
    await checkEveryKey();
  });

  it('half an hour without any server: what is due waits, untried save a few, and goes when there is one', async () => {
    const { server } = mail;
    for (let mails = 0; mails < 5 * SMTP_CONNECTIONS; mails += 1) rows.push(await dueMail(mail.dataSource));
    await server.stop();
    mail.start();
    for (let look = 0; look < 3; look += 1) {
      const tried = async () => (await now()).reduce((sum, { attempts }) => sum + attempts, 0);
      const before = await tried();
      await mail.later();
      await until('it was tried again', async () => (await tried()) > before && !(await now()).some(inHand));
    }
    const waiting = await now();
    expect(waiting.filter(({ attempts }) => attempts === 0).length).toBeGreaterThan(SMTP_CONNECTIONS);
    expect(new Set(waiting.map(({ state }) => state))).toEqual(new Set(['due']));
    await server.start();
    await mail.later();
    await everyRow('each is sent', ({ state }) => state === 'sent');
    await checkEveryKey();
  });

  it('one mail that always breaks the line keeps no other from going', async () => {
    const [poison] = rows as [Mail];
    mail.server.script = (step, recipient) => (step === 'rcpt' && recipient === poison.recipient ? 'drop' : 'accept');
    mail.start();
    await everyRow('the others are sent', ({ id, state }) => id === poison.id || state === 'sent');
    expect((await mail.row(poison)).state).not.toBe('sent');
    expect(mail.server.log().filter(({ key }) => key === poison.id)).toEqual([]);
  });

  it('tells in the history what the server said, attempt by attempt', async () => {
    const [row] = rows as [Mail];
    const answers: Reaction[] = [450, 452, 'accept'];
    mail.server.script = (step, recipient) =>
      step === 'rcpt' && recipient === row.recipient ? (answers.shift() ?? 'accept') : 'accept';
    mail.start();
    for (const attempts of [1, 2]) {
      await until(
        'it waits',
        async () => (await mail.row(row)).attempts === attempts && (await mail.row(row)).state === 'due',
      );
      await mail.later();
    }
    await mail.inState(row, 'sent');
    const history = await mail.history(row);
    expect(history.map(({ happening, attempt }) => [happening, attempt])).toEqual([
      ['not_sent', 1],
      ['not_sent', 2],
      ['sent', 3],
    ]);
    expect(history.map(({ detail }) => /\b(450|452|250)\b/.exec(detail ?? '')?.[0])).toEqual(['450', '452', '250']);
  });
});
