import fc from 'fast-check';
import { born, openings, take, turns } from '../../../test/support/case-life.js';
import { CASE_PEOPLE, RESPONDERS } from '../../../test/support/case-people.js';
import type { Who } from '../../../test/support/case-people.js';
import { broughtTo } from '../../../test/support/case-routes.js';
import type { CaseStory } from '../../../test/support/case-story.js';
import { announce } from './announce.js';
import type { Announcement } from './announce.js';
import type { ClockEffects } from './clock-effects.js';
import { clockRuns } from './clock-runs.js';
import type { ClockRun } from './clock-runs.js';
import type { CaseCommand, Verb } from './commands/index.js';
import { possibleVerbs } from './decide.js';
import { STAGES } from './stages.js';

const LIVES = Number(process.env['LIVES'] ?? 26);
const SEED = Number(process.env['LIVES_SEED'] ?? 48);

const names = (runs: readonly ClockRun[]) =>
  runs.map(({ policy, subject }) => (subject ? `${policy.name} ${subject}` : policy.name)).sort();
const keys = (runs: readonly ClockRun[]) =>
  runs.map(({ policy, subject, number }) => `${policy.name}|${subject}|${number}`).sort();

function announced(story: CaseStory, who: Who, verb: Verb): Announcement {
  const { log, state, rules, now } = story;
  const announcement = announce([verb], CASE_PEOPLE[who], { log, state, rules, now })[verb];
  if (!announcement) throw new Error(`${verb} is not possible`);
  return announcement;
}

const chosen = ({ choices }: Announcement, value: string): ClockEffects | undefined =>
  choices.find((one) => one.value === value)?.effects;

describe('what a step will do to the clocks, said before it is taken', () => {
  it('stops the clock of a milestone only if it is ticked', () => {
    const story = broughtTo('delivery');
    const [id = ''] = Object.keys(story.state.milestones);
    const announcement = announced(story, 'legalaid', 'update-progress');
    expect(names(announcement.always.stops)).toEqual(['responder_update']);
    expect(names(chosen(announcement, id)?.stops ?? [])).toEqual([`milestone ${id}`]);
  });

  it('stops one side’s outcome form, and none when a coordinator sends one', () => {
    const story = broughtTo('closed');
    expect(names(announced(story, 'focal point', 'record-outcome').always.stops)).toEqual(['outcome_form requester']);
    expect(names(announced(story, 'legalaid', 'record-outcome').always.stops)).toEqual(['outcome_form responder']);
    expect(announced(story, 'owner', 'record-outcome').always.stops).toEqual([]);
  });

  it('stops one of the two follow-ups', () => {
    const announcement = announced(broughtTo('closed'), 'owner', 'record-follow-up');
    expect(announcement.always.stops).toEqual([]);
    expect(names(chosen(announcement, '12_months')?.stops ?? [])).toEqual(['follow_up 12_months']);
  });

  it('stops only the answer of the organisation that answers', () => {
    const story = broughtTo('circulated');
    expect(names(announced(story, 'coalition', 'express-interest').always.stops)).toEqual([
      expect.stringMatching(/^responder_answer .*coalition/i),
    ]);
  });

  it('accepts one offer and ends what was owed on the other, without a verdict', () => {
    const story = broughtTo('matching');
    story.does('coalition', 'make-offer', { text: 'A week.', from: '2099-01-11', to: '2099-03-12', funding: 'none' });
    const [first = '', second = ''] = Object.keys(story.state.offers);
    const announcement = announced(story, 'focal point', 'accept-offer');
    expect(names(announcement.always.stops)).toEqual(['acceptable_offer']);
    expect(names(announcement.always.starts)).toEqual(['plan']);
    expect(names(chosen(announcement, second)?.stops ?? [])).toEqual([`offer_decision ${second}`]);
    expect(names(chosen(announcement, second)?.ends ?? [])).toEqual([`offer_decision ${first}`]);
  });

  it('says that a question to the State pauses what waits for its answer', () => {
    const { always } = announced(broughtTo('triage'), 'owner', 'return');
    expect({ pauses: names(always.pauses), starts: names(always.starts) }).toEqual({
      pauses: ['triage'],
      starts: ['answer'],
    });
  });

  it('ends everything when a case is withdrawn, and stops nothing by a note or a contact', () => {
    const story = broughtTo('delivery');
    expect(announced(story, 'focal point', 'withdraw').always.ends).toHaveLength(
      story.runs().filter(({ over }) => !over).length,
    );
    for (const verb of ['add-note', 'log-contact'] as const)
      expect(Object.values(announced(story, 'owner', verb).always).flat()).toEqual([]);
  });

  it('says what it could say of every step that is possible, in every stage', () => {
    for (const stage of STAGES) {
      const story = broughtTo(stage);
      for (const actor of Object.values(CASE_PEOPLE)) {
        const verbs = possibleVerbs(story.state, actor);
        const { log, state, rules, now } = story;
        expect(Object.keys(announce(verbs, actor, { log, state, rules, now }))).toEqual(verbs);
      }
    }
  });
});

/** A story that asks, before each command, what it will do, and looks afterwards at what it did. */
class Listening {
  checked = 0;
  readonly wrong: unknown[] = [];

  listenTo(story: CaseStory): CaseStory {
    const send = story.send.bind(story);
    story.send = (actor, command, receivedAt = story.now) => {
      const { log, state, rules } = story;
      const at = Math.max(state.lastCommandAt, receivedAt);
      if (log.some(({ effectiveAt }) => effectiveAt > at)) return send(actor, command, receivedAt);
      const before = [...log];
      const verb = command.verb as Verb;
      const announcement = announce([verb], actor, { log: before, state, rules, now: at })[verb];
      const events = send(actor, command, receivedAt);
      this.compare(announcement, command, before, story.log.slice(0, before.length + events.length), story);
      return events;
    };
    return story;
  }

  private compare(
    announcement: Announcement | undefined,
    command: CaseCommand,
    before: CaseStory['log'],
    after: CaseStory['log'],
    { rules }: CaseStory,
  ): void {
    this.checked += 1;
    const over = new Set(keys(clockRuns(after, rules).filter((run) => run.over)));
    const open = clockRuns(before, rules).filter((run) => !run.over);
    const did = keys(open).filter((key) => over.has(key));
    const said = announcement && finishedBy(announcement, command);
    if (JSON.stringify(said) !== JSON.stringify(did)) this.wrong.push({ command, said, did });
  }
}

/** A command may name an organisation by its code as well. */
const namesOf = (value: string): string[] => [
  value,
  ...RESPONDERS.filter(({ id }) => id === value).map(({ code }) => code),
];

/** What was announced for exactly this body. */
function finishedBy({ always, choices }: Announcement, { body }: CaseCommand): string[] {
  const given = JSON.stringify(body);
  const ticked = choices.filter(({ value }) =>
    'milestones' in body && Array.isArray(body.milestones)
      ? body.milestones.some((one) => 'id' in one && one.id === value && one.done)
      : namesOf(value).some((name) => given.includes(JSON.stringify(name))),
  );
  return keys([always, ...ticked.map(({ effects }) => effects)].flatMap(({ stops, ends }) => [...stops, ...ends]));
}

describe('what was announced', () => {
  it('is exactly what the sent command stops, in random lives of cases', () => {
    const listening = new Listening();
    const lives = fc.sample(fc.tuple(openings, turns(false)), { numRuns: LIVES, seed: SEED });
    for (const [index, [opening, life]] of lives.entries()) {
      const story = listening.listenTo(born(opening, STAGES[index % STAGES.length] ?? 'submitted'));
      for (const turn of life) take(story, turn);
    }
    expect(listening.wrong).toEqual([]);
    expect(listening.checked).toBeGreaterThan(LIVES);
  });
});
