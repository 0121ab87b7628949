import fc from 'fast-check';
import type { CaseCommand, Verb } from '#libs/domain/case/commands/index.js';
import { VERBS } from '#libs/domain/case/commands/index.js';
import { possibleVerbs } from '#libs/domain/case/decide.js';
import type { Stage } from '#libs/domain/case/stages.js';
import { Refusal } from '#libs/domain/case/refusal.js';
import { SAMPLES } from './case-commands.js';
import { CASE_PEOPLE } from './case-people.js';
import { broughtTo } from './case-routes.js';
import { inGeneva } from './case-story.js';
import type { CaseStory } from './case-story.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PEOPLE = Object.values(CASE_PEOPLE);

/** One thing that happens in a random life of a case. */
export interface Turn {
  /** Let so much time pass first. */
  waitMs: number;
  /** Chooses among all people and verbs, or among what is possible. */
  choice: number;
  /** A step that need not be possible. */
  blind: boolean;
  /** The command came in so long ago, and is applied only now. */
  lateMs: number;
}

const wait = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 8 }).map((hours) => hours * HOUR_MS) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 12 }).map((days) => days * DAY_MS) },
  { weight: 1, arbitrary: fc.integer({ min: 40, max: 130 }).map((days) => days * DAY_MS) },
);

export const turns = (late: boolean) =>
  fc.array(
    fc.record<Turn>({
      waitMs: wait,
      choice: fc.nat(1_000_000),
      blind: fc.nat(9).map((one) => one === 0),
      lateMs: late ? fc.constantFrom(0, 0, HOUR_MS, 2 * DAY_MS) : fc.constant(0),
    }),
    { minLength: 8, maxLength: 25 },
  );

export const openings = fc.record({
  openedAt: fc.constantFrom('2026-11-24 10:00', '2026-12-23 23:30', '2027-03-25 17:00', '2027-05-05 08:00'),
  law: fc.boolean(),
});
export type Opening = typeof openings extends fc.Arbitrary<infer T> ? T : never;

/** A case that already stands in some stage; only a law leads to a national process and a report. */
export function born({ openedAt, law }: Opening, stage: Stage): CaseStory {
  const forLaw = law || ['national_process', 'reporting', 'closed'].includes(stage);
  return broughtTo(stage, openedAt, [forLaw ? 'drafting' : 'training']);
}

/** What ends or rests a case, or moves nothing, comes up less often, so that lives are long. */
const RARE: readonly Verb[] = [
  ...(['withdraw', 'decline', 'refer', 'merge', 'reject', 'suspend', 'return', 'answer', 'refuse-consent'] as const),
  ...(['hand-over', 'reject-hand-over', 'withdraw-hand-over'] as const),
  'exclude-party',
  ...(['take', 'assign-owner', 'change-priority', 'log-contact', 'add-note', 'excuse-breach'] as const),
];

/** Does one turn; a refusal is remembered as its code. Anything else that is thrown is a fault of the rules. */
export function take(story: CaseStory, { waitMs, choice, blind, lateMs }: Turn): string | null {
  story.passTo(story.now + waitMs);
  const all = PEOPLE.flatMap((actor) =>
    (blind ? VERBS : possibleVerbs(story.state, actor)).map((verb) => ({ actor, verb })),
  );
  const usual = all.filter(({ verb }) => !RARE.includes(verb));
  const among = choice % 7 === 0 || !usual.length ? all : usual;
  const chosen = among[Math.floor(choice / 31) % among.length];
  if (!chosen) return null;
  const { actor, verb } = chosen;
  try {
    story.send(actor, commandFor(story, verb, choice), story.now - lateMs);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

const pick = <T>(items: readonly T[], choice: number, otherwise: T): T =>
  items[choice % (items.length || 1)] ?? otherwise;

/** A well-formed command that speaks of what the case has, or of nothing that it has. */
function commandFor({ state, now }: CaseStory, verb: Verb, choice: number): CaseCommand {
  const keys = (of: object) => [...Object.keys(of), ...(choice % 5 ? [] : ['nothing-like-it', '__proto__'])];
  const dateIn = (days: number) => inGeneva(now + days * DAY_MS).slice(0, 10);
  const organisations = [['LEGALAID', 'COALITION'], ['QMX'], ['org-zelandia'], ['LEGALAID', 'QMY'], ['QMB']];
  const changes: { [V in Verb]?: object } = {
    circulate: { organisations: pick(organisations, choice, ['QMX']) },
    'request-consent': { audience: choice % 3 ? 'all_matching' : ['LEGALAID', 'QMX'] },
    'answer-question': { questionId: pick(keys(state.questions), choice, 'none') },
    'accept-offer': { offerId: pick(keys(state.offers), choice, 'none') },
    'decline-offer': { offerId: pick(keys(state.offers), choice, 'none') },
    'agree-plan': {
      milestones: [{ title: 'Draft', dueOn: dateIn((choice % 90) + 2), responsible: 'Legal Aid' }],
    },
    'update-progress': { milestones: keys(state.milestones).map((id) => ({ id, done: choice % 2 === 0 })) },
    'start-national-process': { step: choice % 4 ? 'tabled' : 'in_force' },
    'confirm-current': { step: choice % 4 ? 'tabled' : 'in_force' },
    'record-follow-up': { followUp: choice % 2 ? '6_months' : '12_months' },
    suspend: { reviewOn: dateIn((choice % 200) + 1) },
    triage: { needTypes: state.needTypes },
    'hand-over': { to: pick(['owner', 'coordinator', 'lead', 'isu'], choice, 'nobody') },
    'assign-owner': { ownerId: pick(['owner', 'coordinator', 'isu'], choice, 'nobody') },
  };
  return { verb, body: { ...SAMPLES[verb], ...changes[verb] } } as CaseCommand;
}
