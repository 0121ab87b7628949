import type { DataSource } from 'typeorm';
import { actorOf } from '#libs/case-store/actors.js';
import { CaseOpening } from '#libs/case-store/case-opening.js';
import { CaseStore } from '#libs/case-store/case-store.js';
import { CommandDesk } from '#libs/case-store/command-desk.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import { demoForm } from '#libs/demo/demo-form.js';
import { deed, deedsUntil, inDays, USUAL_WAY } from '#libs/demo/journey.js';
import type { Deed } from '#libs/demo/journey.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { Refusal } from '#libs/domain/case/refusal.js';
import { DEMO_STATES } from '#libs/reference-data/demo-states.js';
import { focalMailbox } from '#libs/reference-data/seed-people.js';
import { OWNERS } from './month-people.js';

const NEEDS = ['drafting', 'penal_sanctions'] as const;
const DAY_MS = 86_400_000;
const AT_ONCE = 4;
/** Twice as fast as in the demonstration, so that a case gets to its plan within the month. */
const PACE = 0.5;
const MILESTONES = USUAL_WAY.slice(0, 11);
/** Those that a party which responds stands for are left out. */
const REQUESTING = DEMO_STATES.map(({ code }) => code).filter((code) => !['QMX', 'QMY'].includes(code));

interface Planned {
  state: string;
  openAt: number;
  caseId: string | null;
  deeds: (Deed & { at: number })[];
}

/** Cases that are opened over some days and each go some way, driven in the case store by the deployment's clock. */
export class MonthOfCases {
  private readonly store: CaseStore;
  private readonly desk: CommandDesk;
  private readonly opening: CaseOpening;
  private readonly actors = new Map<string, Actor>();

  /** @param planned by when each is opened (epoch ms of the deployment) */
  private constructor(
    private readonly dataSource: DataSource,
    private readonly planned: Planned[],
  ) {
    this.store = new CaseStore(dataSource, 'action48.test');
    this.desk = new CommandDesk(dataSource);
    this.opening = new CaseOpening(dataSource, this.store);
  }

  static of(dataSource: DataSource, openings: readonly number[]): MonthOfCases {
    const planned = openings.map((openAt, index): Planned => {
      // Many cases stop early, so that their clocks run out: what is owed then is reminders, breaches and escalations.
      const milestone = MILESTONES[index % MILESTONES.length] ?? 'acknowledged';
      const owner = OWNERS[index % OWNERS.length] ?? 'coordinator';
      const usual = deedsUntil(milestone, [...NEEDS], openAt, owner);
      const deeds = [...usual, ...turns(index, owner, usual.at(-1)?.day ?? 0, openAt)];
      const timed = deeds.map((one) => ({ ...one, at: openAt + one.day * PACE * DAY_MS + 60_000 }));
      return { state: REQUESTING[index % REQUESTING.length] ?? 'QMB', openAt, caseId: null, deeds: timed };
    });
    return new MonthOfCases(dataSource, planned);
  }

  /** Everything that happens up to an instant (epoch ms of the deployment), which is its now. */
  async passTo(now: number): Promise<void> {
    await each(this.planned, async (one) => {
      if (one.openAt > now) return;
      one.caseId ??= await this.open(one);
      for (let deed; (deed = one.deeds[0]) && deed.at <= now; one.deeds.shift()) await this.act(one, deed);
    });
    for (let due; (due = await this.due(now)).length;) await each(due, (id) => this.store.wake(id, Date.now()));
  }

  private async due(now: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      'SELECT id FROM assistance_case WHERE NOT ended AND next_wake_at <= $1',
      [new Date(now)],
    );
    return rows.map(({ id }) => id);
  }

  private async open({ state: code }: Planned): Promise<string> {
    const state = await this.dataSource.manager.findOneByOrFail(State, { code });
    const form = demoForm(state, [...NEEDS]);
    const actor = await this.actor(focalMailbox(code));
    const { caseId } = await this.opening.open({ form, actor, receivedAt: Date.now() });
    await this.dataSource.query('UPDATE assistance_case SET workflow_started_at = now() WHERE id = $1', [caseId]);
    return caseId;
  }

  /** What the rules refuse by now, since a clock has run out meanwhile, is left. */
  private async act({ caseId, state: code }: Planned, { who, day, command }: Deed): Promise<void> {
    const id = caseId ?? '';
    const [{ state }] = await this.dataSource.query('SELECT state FROM assistance_case WHERE id = $1', [id]);
    const order = typeof command === 'function' ? command(state, []) : command;
    const { personId } = await this.actor(who === 'requester' ? focalMailbox(code) : who);
    const { commandId } = await this.desk.receive(id, personId, `${id}-${order.verb}-${day}`, order);
    await this.store.apply(id, commandId, Date.now()).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
  }

  private async actor(mailbox: string): Promise<Actor> {
    const known = this.actors.get(mailbox);
    if (known) return known;
    const { manager } = this.dataSource;
    const person = await manager.findOneByOrFail(Person, { email: `${mailbox}@demo.action48.test` });
    const actor = await actorOf(manager, person.id);
    if (!actor) throw new Error(`${mailbox} has no account`);
    this.actors.set(mailbox, actor);
    return actor;
  }
}

/** What becomes of some cases besides: a party is excluded, the case rests, or the State no longer needs it. */
function turns(index: number, owner: string, day: number, openAt: number): Deed[] {
  const reviewOn = inDays(openAt, 60);
  return [
    ...(index % 4 === 1
      ? [deed(day + 4, 'requester', { verb: 'exclude-party', body: { party: 'COALITION', reason: 'A dispute.' } })]
      : []),
    ...(index % 5 === 2 ? [deed(day + 6, owner, { verb: 'suspend', body: { reason: 'Elections.', reviewOn } })] : []),
    ...(index % 7 === 3 ? [deed(day + 8, 'requester', { verb: 'withdraw', body: { reason: 'Done.' } })] : []),
  ];
}

/** A few at a time. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const lane = async () => {
    for (let item; (item = left.shift()) !== undefined;) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
