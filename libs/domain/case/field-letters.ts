import type { FieldGroup } from '../access/visible-fields.js';
import type { RequestForm } from './request-form.js';

/**
 * R restricted: the State, the coordinators, the ISU. P participants: also the responders invited. S States Parties: also
 * observers of an escalated case. (`product.md`, Request form, column "Vis."; O, open, has nothing of a single request.)
 */
export type Letter = 'R' | 'P' | 'S';
type LetterRule = Letter | ((form: RequestForm) => Letter);

/** How a State sees itself is its own business unless it has agreed to a public summary. */
export const bySummaryConsent = ({ publicSummaryConsent }: Pick<RequestForm, 'publicSummaryConsent'>): Letter =>
  publicSummaryConsent === 'summary' ? 'S' : 'R';

/** A draft of a bill is restricted until the owner of the case releases it to those who work on it. */
export const untilReleased = ({ released }: { released: boolean }): Letter => (released ? 'P' : 'R');

/** The letter of every field of the form: one without a letter does not compile. */
export const FORM_LETTERS: { [F in keyof Required<RequestForm>]: LetterRule } = {
  requestingState: 'S',
  channel: 'P',
  language: 'P',
  leadMinistry: 'P',
  leadUnit: 'P',
  focalPoint: 'R',
  alternateContact: 'R',
  missionContact: 'R',
  article9SelfAssessment: bySummaryConsent,
  needTypes: 'P',
  needDescription: 'P',
  expectedResult: 'P',
  beneficiaryBodies: 'P',
  legalSystems: 'P',
  treatyEffect: 'P',
  previousRequests: 'P',
  modalities: 'P',
  targetDates: 'P',
  funding: 'P',
  circulationConsent: 'R',
  publicSummaryConsent: 'R',
  excludedParties: 'R',
  declaration: 'R',
  languagesOfOutput: 'P',
  stageOfRatification: 'P',
  lastArticle7Date: 'S',
  formAChanged: 'S',
  existingLaws: 'P',
  profileFlags: 'P',
  modelLawChoice: 'P',
  sisterTreaties: 'P',
  // Their totals over all requests, which name nobody, are open.
  obstacles: 'R',
  obstaclesText: 'R',
  helpAlreadyReceived: 'P',
  parliamentaryCalendar: 'P',
  regionalInterest: 'S',
  receivedAt: 'R',
  noteVerbale: 'R',
};

/** Documents that the form asks for. */
export const DOCUMENT_LETTERS = { noteVerbale: 'R', draftText: untilReleased } as const;

export const GROUP_OF: Record<Letter, FieldGroup> = { R: 'restricted', P: 'participants', S: 'states_parties' };

/** The letter of a field of this very request. */
export function letterOf(field: keyof RequestForm, form: RequestForm): Letter {
  const rule = FORM_LETTERS[field];
  return typeof rule === 'function' ? rule(form) : rule;
}

/** The fields of a request that these groups may read. What has no letter, as in a request of a later release, nobody reads. */
export function visibleForm(form: RequestForm | null, groups: ReadonlySet<FieldGroup>): Partial<RequestForm> {
  if (!form) return {};
  const readable = ([field]: [string, unknown]): boolean =>
    Object.hasOwn(FORM_LETTERS, field) && groups.has(GROUP_OF[letterOf(field as keyof RequestForm, form)]);
  return Object.fromEntries(Object.entries(form).filter(readable));
}
