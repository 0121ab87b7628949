import type { MailKind, MailParameters } from '#libs/contracts/mail.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { renderMail } from '#libs/mail/render.js';
import { CaseWorld } from '../../test/support/case-world.js';

jest.setTimeout(300_000);

const DAY_MS = 86_400_000;
const OPENED = Date.parse('2026-11-24T10:00:00Z');

describe('mails about clocks of one name on one case', () => {
  let world: CaseWorld;
  let mails: Mail[];
  let invited: number;
  beforeAll(async () => {
    world = await CaseWorld.create();
    const { caseId } = await world.broughtTo('circulated', OPENED);
    invited = Object.keys((await world.row(caseId)).state.invitations).length;
    await world.liveTo(caseId, OPENED + 60 * DAY_MS);
    mails = await world.dataSource.manager.findBy(Mail, { caseId });
  });
  afterAll(() => world.close());

  const toldOf = (party: string, kind: string) =>
    mails
      .filter((mail) => mail.party === party && mail.kind === kind && mail.sequence.startsWith('responder_answer:'))
      .map((mail) => ({ mail, parameters: mail.parameters as MailParameters }));
  const subjectOf = ({ mail, parameters }: ReturnType<typeof toldOf>[number]): string =>
    renderMail(mail.kind as MailKind, parameters, 'en', 'https://action48.test').subject;

  it('say to staff which of how many they are about, so that none reads like another', () => {
    expect(invited).toBeGreaterThan(1);
    const late = toldOf('L0', 'breach');
    const subjects = late.map((one) => `${one.mail.recipient} ${subjectOf(one)}`);
    expect(late).toHaveLength(invited);
    expect(new Set(subjects).size).toBe(subjects.length);
    expect(subjects.join()).toContain(`Answer of the responder (1 of ${invited})`);
  });

  it('do not tell a responder how many others there are', () => {
    const reminders = toldOf('responder', 'reminder');
    expect(reminders.length).toBeGreaterThan(1);
    expect(reminders.filter(({ parameters }) => parameters.clock?.place)).toEqual([]);
  });
});
