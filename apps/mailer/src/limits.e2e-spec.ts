import { RulesGate } from '#libs/mail/rules-gate.js';
import { dueMail } from '../../../test/support/mail-rows.js';
import { MailPump } from '../../../test/support/mail-pump.js';
import { until } from '../../../test/support/until.js';

jest.setTimeout(120_000);

const [PEOPLE, MAILS, PER_HOUR, MAILERS] = [12, 14, 10, 4];

describe('what one recipient gets of several mailers', () => {
  let mail: MailPump;
  beforeAll(async () => {
    mail = await MailPump.create(6 * MAILERS);
  }, 60_000);
  afterAll(() => mail.close());

  it('is no more than the rules allow, and no less', async () => {
    const recipients = Array.from({ length: PEOPLE }, (_, one) => `reader${one}@example.test`);
    const first = await dueMail(mail.dataSource, { recipient: recipients[0] ?? '', sequence: 'first' });
    for (let one = 1; one < PEOPLE * MAILS; one += 1)
      await dueMail(mail.dataSource, {
        caseId: first.caseId,
        recipient: recipients[one % PEOPLE] ?? '',
        sequence: String(one),
      });
    for (let one = 0; one < MAILERS; one += 1) mail.start({ gate: new RulesGate(mail.dataSource) });
    await until('each was sent or waits', async () => {
      const [{ open }] = await mail.dataSource.query(
        `SELECT count(*)::int AS open FROM mail WHERE state IN ('claimed', 'sending') OR (state = 'due' AND held_for IS NULL)`,
      );
      return open === 0;
    });
    const got = recipients.map((recipient) => mail.server.log().filter((one) => one.recipient === recipient).length);
    expect(got).toEqual(recipients.map(() => PER_HOUR));
  });
});
