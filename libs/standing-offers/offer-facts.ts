import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import type { StandingOffer } from '#libs/database/entities/standing-offer.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import { parseCivilDate, plusMonths } from '#libs/domain/calendar/civil.js';
import { LANGUAGES, LEGAL_SYSTEMS, MODALITIES, NEED_TYPES } from '#libs/domain/case/request-form.js';
import type { FieldRefusal } from '#libs/people/refused.js';

/** The regional groups of the reference data. */
export const REGIONS = ['African Group', 'Asia-Pacific Group', 'Eastern European Group', 'GRULAC', 'WEOG'] as const;

/** An offer holds for so many months at most, then it is renewed or over (product.md, Offer form). */
export const LONGEST_MONTHS = 12;
export const LONGEST_CONDITIONS = 4_000;
const LONGEST_NAME = 200;
const MOST_PER_YEAR = 1_000;
const LONGEST_LEAD_DAYS = 730;

/** What its provider says of an offer. */
export type OfferFacts = Pick<
  StandingOffer,
  | 'organisationId'
  | 'needTypes'
  | 'legalSystems'
  | 'languages'
  | 'regions'
  | 'states'
  | 'modalities'
  | 'funding'
  | 'capacityPerYear'
  | 'leadTimeDays'
  | 'conditions'
  | 'contactName'
  | 'contactEmail'
  | 'public'
  | 'validUntil'
>;

/** Why an offer cannot be as it is, by its fields; nothing when it can. @param today the civil date in Geneva */
export async function offerProblems(manager: EntityManager, facts: OfferFacts, today: string): Promise<FieldRefusal[]> {
  const states = await manager.countBy(State, { code: In(facts.states) });
  return [
    ...(await providerProblems(manager, facts.organisationId)),
    ...chosen('needTypes', facts.needTypes, NEED_TYPES, 'Tick at least one kind of help.'),
    ...chosen('legalSystems', facts.legalSystems, LEGAL_SYSTEMS, 'Tick at least one legal system.'),
    ...chosen('languages', facts.languages, LANGUAGES, 'Tick at least one language.'),
    ...chosen('modalities', facts.modalities, MODALITIES, 'Tick at least one way of helping.'),
    ...wrongIf(!facts.regions.every(isRegion), 'regions', 'Choose regions from the list.'),
    ...wrongIf(
      new Set(facts.states).size < facts.states.length || states < facts.states.length,
      'states',
      'Choose each State once, from those of the list; programs name it by its three-letter code, for example TGO.',
    ),
    ...wrongIf(
      !isWhole(facts.capacityPerYear, 1, MOST_PER_YEAR),
      'capacityPerYear',
      'Write a whole number from 1 to 1000.',
    ),
    ...wrongIf(
      !isWhole(facts.leadTimeDays, 0, LONGEST_LEAD_DAYS),
      'leadTimeDays',
      'Write a whole number from 0 to 730.',
    ),
    ...wrongIf(facts.conditions.length > LONGEST_CONDITIONS, 'conditions', 'Write at most 4,000 characters.'),
    ...contactProblems(facts),
    ...validityProblems(facts.validUntil, today),
  ];
}

/** @param today the civil date in Geneva */
export function validityProblems(validUntil: string, today: string): FieldRefusal[] {
  if (parseCivilDate(validUntil) === null || validUntil <= today)
    return [{ field: 'validUntil', words: 'Write a date that exists and is still to come.' }];
  const last = plusMonths(today, LONGEST_MONTHS);
  return wrongIf(
    validUntil > last,
    'validUntil',
    'An offer holds for 12 months at most, and can be renewed then: write a date up to {last}.',
    { last },
  );
}

async function providerProblems(manager: EntityManager, id: string): Promise<FieldRefusal[]> {
  const isProvider = UUID.test(id) && (await manager.existsBy(Organisation, { id, responder: true, active: true }));
  return wrongIf(!isProvider, 'organisationId', 'Choose an organisation that responds to requests and is in use.');
}

function contactProblems({ contactName, contactEmail }: OfferFacts): FieldRefusal[] {
  return [
    ...wrongIf(
      !contactName.trim() || contactName.length > LONGEST_NAME,
      'contactName',
      'Write the name of somebody who answers for the offer, in 1 to 200 characters.',
    ),
    ...wrongIf(
      !/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(contactEmail) || contactEmail.length > LONGEST_NAME,
      'contactEmail',
      'Write an address like name@example.org.',
    ),
  ];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isRegion = (region: string): boolean => REGIONS.some((one) => one === region);

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

const wrongIf = (wrong: boolean, field: string, words: string, values?: Record<string, string>): FieldRefusal[] =>
  wrong ? [{ field, words, ...(values && { values }) }] : [];

/** At least one of these, each once. */
const chosen = (field: string, given: readonly string[], allowed: readonly string[], words: string): FieldRefusal[] =>
  wrongIf(
    !given.length || new Set(given).size < given.length || !given.every((one) => allowed.includes(one)),
    field,
    words,
  );
