import type { MailKind, MailParameters } from '#libs/contracts/mail.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { deedsUntil } from '#libs/demo/journey.js';
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
    const { caseId: id } = await world.open({ receivedAt: OPENED });
    const rowOf = () => world.dataSource.manager.findOneByOrFail(AssistanceCase, { id });
    for (const { who, day, command } of deedsUntil('circulated', ['drafting'], OPENED, 'coordinator')) {
      const order = typeof command === 'function' ? command((await rowOf()).state, []) : command;
      await world.send(who === 'requester' ? 'focalPoint' : who, id, order, OPENED + day * DAY_MS);
    }
    invited = Object.keys((await rowOf()).state.invitations).length;
    for (let at = 0; at < OPENED + 60 * DAY_MS;) {
      at = (await rowOf()).nextWakeAt?.getTime() ?? Infinity;
      if (at < Infinity) await world.store.wake(id, at);
    }
    mails = await world.dataSource.manager.findBy(Mail, { caseId: id });
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
