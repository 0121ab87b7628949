import type { DataSource } from 'typeorm';
import { actorOf } from '#libs/case-store/actors.js';
import { CaseOpening } from '#libs/case-store/case-opening.js';
import { CaseStore } from '#libs/case-store/case-store.js';
import { CommandDesk } from '#libs/case-store/command-desk.js';
import type { CaseOutcome } from '#libs/contracts/case-workflow.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { Deployment } from '#libs/database/entities/deployment.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import { focalMailbox } from '#libs/reference-data/seed-people.js';
import { demoForm } from './demo-form.js';
import { deedsUntil } from './journey.js';
import type { Deed } from './journey.js';
import { STORIES } from './stories.js';
import type { Story } from './stories.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Mail older than this is history: it stands in the ledger, but nobody receives it at the first start. */
const HISTORY_AFTER_DAYS = 3;

/** Set when every story has been told; one that was cut off is told on at the next start, by the same keys. */
const TOLD = 'demonstration_told';

/** Lives the cases of the demonstration through, at the instants at which they happened; does nothing when that was done. */
export async function seedDemoCases(
  dataSource: DataSource,
  progress: (done: number, of: number) => void,
): Promise<void> {
  if (await dataSource.manager.existsBy(Deployment, { name: TOLD })) return;
  const life = new DemoLife(dataSource, Date.now());
  for (const [index, story] of STORIES.entries()) {
    await life.live(story, index);
    progress(index + 1, STORIES.length);
  }
  await dataSource.query(
    `UPDATE mail SET state = 'suppressed', response = $2
     WHERE state = 'due' AND send_after < now() - $1::interval`,
    [`${HISTORY_AFTER_DAYS} days`, CALLED_OFF.demonstration],
  );
  await dataSource.manager.insert(Deployment, { name: TOLD, value: true as never });
}

class DemoLife {
  private readonly store: CaseStore;
  private readonly opening: CaseOpening;
  private readonly desk: CommandDesk;
  private readonly references: string[] = [];

  constructor(
    private readonly dataSource: DataSource,
    private readonly now: number,
  ) {
    this.store = new CaseStore(dataSource);
    this.opening = new CaseOpening(dataSource, this.store);
    this.desk = new CommandDesk(dataSource);
  }

  async live(
    { state: code, daysAgo, until, needs = ['drafting'], owner = 'coordinator', more = [] }: Story,
    index: number,
  ) {
    const state = await this.dataSource.manager.findOneByOrFail(State, { code });
    // A quarter of an hour apart, on the hour of an office day in Geneva.
    const openedAt = Math.min(this.now, officeTime(this.now - daysAgo * DAY_MS) + index * MINUTE_MS);
    const requester = await this.actor(focalMailbox(code));
    const opened = await this.opening.open({
      form: demoForm(state, needs),
      actor: requester,
      receivedAt: openedAt,
      key: `demo-${index}`,
    });
    this.references.push(opened.reference);
    let wakeAt = await this.wake(opened.caseId, openedAt);
    let at = openedAt;
    const deeds = [...deedsUntil(until, needs, openedAt, owner), ...more];
    for (const [number, deed] of deeds.entries()) {
      const planned = officeTime(openedAt + deed.day * DAY_MS) + number * MINUTE_MS;
      at = Math.min(this.now, Math.max(at + MINUTE_MS, planned));
      await this.wakeUntil(opened.caseId, wakeAt, at);
      wakeAt = at + (await this.act(opened.caseId, deed, requester, at, `demo-${index}-${number}`));
    }
    await this.wakeUntil(opened.caseId, wakeAt, this.now);
  }

  private async act(
    caseId: string,
    { who, command }: Deed,
    requester: Actor,
    at: number,
    key: string,
  ): Promise<number> {
    const actor = who === 'requester' ? requester : await this.actor(who);
    const { state } = await this.dataSource.manager.findOneByOrFail(AssistanceCase, { id: caseId });
    const order = typeof command === 'function' ? command(state, this.references) : command;
    const { commandId } = await this.desk.receive(caseId, actor.personId, key, order, at);
    return delayOf(await this.store.apply(caseId, commandId, at));
  }

  private async wakeUntil(caseId: string, wakeAt: number, until: number): Promise<void> {
    for (let next = wakeAt; next <= until;) next = await this.wake(caseId, next);
  }

  private async wake(caseId: string, at: number): Promise<number> {
    return at + delayOf(await this.store.wake(caseId, at));
  }

  private async actor(mailbox: string): Promise<Actor> {
    const person = await this.dataSource.manager.findOneByOrFail(Person, { email: `${mailbox}@demo.action48.test` });
    const actor = await actorOf(this.dataSource.manager, person.id);
    if (!actor) throw new Error(`${mailbox} may not act`);
    return actor;
  }
}

const delayOf = ({ wakeInMs }: CaseOutcome): number => wakeInMs ?? Infinity;

/** Nine in the morning UTC of that day, or of the Friday before when it is a weekend. */
function officeTime(at: number): number {
  const morning = Math.floor(at / DAY_MS) * DAY_MS + 9 * 3_600_000;
  const weekday = new Date(morning).getUTCDay();
  return morning - (weekday === 6 ? 1 : weekday === 0 ? 2 : 0) * DAY_MS;
}
