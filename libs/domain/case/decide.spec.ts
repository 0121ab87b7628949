import { CASE_PEOPLE, COLLEAGUES, COORDINATORS, RESPONDERS } from '../../../test/support/case-people.js';
import { SAMPLES } from '../../../test/support/case-commands.js';
import { geneva } from '../../../test/support/case-story.js';
import { EVEN_WHEN_ENDED, PERSONAL, TABLE } from '../../../test/support/decision-table.js';
import type { Actor } from '../access/roles.js';
import { VERBS } from './commands/index.js';
import type { CaseCommand, Verb } from './commands/index.js';
import { decide, possibleVerbs } from './decide.js';
import { NOTHING } from './evolve.js';
import { Refusal } from './refusal.js';
import { STAGES } from './stages.js';
import type { SideState, Stage } from './stages.js';
import type { CaseState } from './state.js';

const NOW = geneva('2026-11-24 10:00');
type Letter = 'F' | 'G' | 'O' | 'C' | 'L' | 'I' | 'P' | 'Q' | 'R' | 'A' | 'U' | 'D' | 'N';
const PERSON: Record<Letter, Actor> = {
  F: CASE_PEOPLE['focal point'],
  G: CASE_PEOPLE['another State'],
  O: CASE_PEOPLE.owner,
  C: CASE_PEOPLE.coordinator,
  L: CASE_PEOPLE.lead,
  I: CASE_PEOPLE.isu,
  P: CASE_PEOPLE.president,
  Q: CASE_PEOPLE.president,
  R: CASE_PEOPLE.legalaid,
  A: CASE_PEOPLE.coalition,
  U: CASE_PEOPLE.zelandia,
  D: CASE_PEOPLE.admin,
  N: CASE_PEOPLE.nobody,
};
const LETTERS = Object.keys(PERSON) as Letter[];

const at = (stage: Stage): number => STAGES.indexOf(stage);
const invited = (stage: Stage): boolean => at(stage) >= at('circulated');
const accepted = (stage: Stage): boolean => at(stage) >= at('planned');

/** The case that the table describes, in one stage and side state. */
function standing(stage: Stage, sideState: SideState | null, escalatedTo: number): CaseState {
  const offered = stage === 'matching' ? 'open' : 'accepted';
  return {
    ...NOTHING,
    stage,
    sideState,
    requestingState: 'QMB',
    needTypes: ['drafting'],
    law: true,
    ownerId: 'owner',
    handOver: { to: 'coordinator', from: 'owner' },
    consent:
      at(stage) < at('consent')
        ? null
        : { status: stage === 'consent' ? 'requested' : 'given', audience: 'all_matching', shows: 'request' },
    round: invited(stage) ? 1 : 0,
    invitations: invited(stage)
      ? { 'org-legalaid': 'invited', 'org-coalition': accepted(stage) || stage === 'matching' ? 'offered' : 'invited' }
      : {},
    questions: invited(stage) ? { 'question-1': { organisationId: 'org-legalaid', answered: false } } : {},
    offers:
      accepted(stage) || stage === 'matching'
        ? { 'offer-1': { organisationId: 'org-coalition', status: offered } }
        : {},
    milestones: {},
    reported: stage === 'reporting',
    stageBeforeClosure: stage === 'closed' ? 'reporting' : null,
    breaches: { 'acknowledge||1': 'standing' },
    escalatedTo,
  };
}

interface Row {
  who: string[];
  stages: Record<string, string>;
  suspended: string;
  dormant: string;
}

const cells = (text: string): string[] => text.trim().split(/\s+/);
const ROWS = new Map<string, Row>(
  TABLE.trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [verb = '', who = '', stages = '', resting = ''] = line.split('|');
      const [suspended = '', dormant = ''] = cells(resting);
      const byStage = Object.fromEntries(cells(stages).map((cell, index) => [STAGES[index] ?? '', cell]));
      return [verb.trim(), { who: cells(who), stages: byStage, suspended, dormant }];
    }),
);
const OWN_LIMITS = PERSONAL.trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()));

const ABBREVIATED: Record<string, Stage> = { mat: 'matching' };

/** Before circulation nobody outside has been invited; before a plan no offer has been accepted. */
function standsAs(letter: Letter, stage: Stage): Letter {
  if (letter === 'A' && !accepted(stage)) return invited(stage) ? 'R' : 'U';
  return letter === 'R' && !invited(stage) ? 'U' : letter;
}

/** Accepted responders are invited ones too. */
const isNamed = ({ who }: Row, letter: Letter): boolean =>
  who.includes(letter) || (letter === 'A' && who.includes('R'));

function expected(verb: Verb, letter: Letter, stage: Stage, sideState: SideState | null): string {
  const row = ROWS.get(verb);
  if (!row) return 'not in the table';
  if (!isNamed(row, standsAs(letter, stage))) return 'not_permitted';
  if (sideState && sideState !== 'suspended' && sideState !== 'dormant')
    return EVEN_WHEN_ENDED.includes(verb) ? 'possible' : 'case_ended';
  const cell = row.stages[stage];
  if (cell === '.') return 'not_in_this_stage';
  if (sideState && row[sideState] === '-') return 'not_in_this_side_state';
  const own = OWN_LIMITS.some(
    ([name, who, where = '']) => name === verb && who === letter && (where === 'all' || ABBREVIATED[where] === stage),
  );
  if (own) return 'not_possible_now';
  return cell === 'x' || (verb === 'resume' && sideState) ? 'possible' : 'not_possible_now';
}

const SIDES: Record<string, readonly (SideState | null)[]> = {
  open: [null, 'suspended', 'dormant', 'withdrawn', 'declined', 'merged', 'referred'],
  closed: [null],
};
const PLACES = STAGES.flatMap((stage) =>
  (SIDES[stage === 'closed' ? 'closed' : 'open'] ?? []).map((sideState) => ({ stage, sideState })),
);

const context = (actor: Actor) => ({
  now: NOW,
  actor,
  newId: () => 'new-id',
  responders: RESPONDERS,
  colleagues: COLLEAGUES,
  coordinators: COORDINATORS,
  policyVersions: [1],
  openCases: (reference: string) => reference === 'CCM-A9-2026-0001',
});

function answered(state: CaseState, verb: Verb, actor: Actor): string {
  try {
    const command = { verb, body: SAMPLES[verb] } as CaseCommand;
    return decide(state, command, context(actor)).length ? 'possible' : 'without effect';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const told = error.allowed.join() === possibleVerbs(state, actor).join();
    return told ? error.code : `${error.code}, with wrong alternatives`;
  }
}

describe('who may do what, in every stage and side state', () => {
  it('has a line for every verb, and no other', () => {
    expect([...ROWS.keys()].sort()).toEqual([...VERBS].sort());
  });

  it.each(VERBS)('%s: is possible or refused for every kind of person as the table says', (verb) => {
    const wrong = PLACES.flatMap(({ stage, sideState }) =>
      LETTERS.flatMap((letter) => {
        const state = standing(stage, sideState, letter === 'Q' ? 3 : 2);
        const [want, got] = [expected(verb, letter, stage, sideState), answered(state, verb, PERSON[letter])];
        return want === got ? [] : [`${letter} in ${stage}${sideState ? `, ${sideState}` : ''}: ${got}, not ${want}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('offers each person exactly the verbs that would not be refused', () => {
    for (const { stage, sideState } of PLACES)
      for (const letter of LETTERS) {
        const state = standing(stage, sideState, letter === 'Q' ? 3 : 2);
        const possible = VERBS.filter((verb) => expected(verb, letter, stage, sideState) === 'possible');
        expect({ stage, sideState, letter, verbs: possibleVerbs(state, PERSON[letter]) }).toEqual({
          stage,
          sideState,
          letter,
          verbs: possible,
        });
      }
  });
});
