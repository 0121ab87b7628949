import type { RequestForm } from '#libs/domain/case/request-form.js';
import { requestForm } from './request-form.js';

/**
 * The letters of the request form, copied by hand from its description, so that they can disagree with the code:
 * R restricted, P participants, S States Parties; `?`: S if the State has agreed to a public summary, else R.
 */
export const LETTERS: { [F in keyof Required<RequestForm>]: 'R' | 'P' | 'S' | '?' } = {
  requestingState: 'S',
  channel: 'P',
  noteVerbale: 'R',
  receivedAt: 'R',
  leadMinistry: 'P',
  leadUnit: 'P',
  focalPoint: 'R',
  alternateContact: 'R',
  missionContact: 'R',
  language: 'P',
  languagesOfOutput: 'P',
  stageOfRatification: 'P',
  article9SelfAssessment: '?',
  lastArticle7Date: 'S',
  formAChanged: 'S',
  needTypes: 'P',
  needDescription: 'P',
  expectedResult: 'P',
  beneficiaryBodies: 'P',
  legalSystems: 'P',
  treatyEffect: 'P',
  existingLaws: 'P',
  profileFlags: 'P',
  modelLawChoice: 'P',
  sisterTreaties: 'P',
  obstacles: 'R',
  obstaclesText: 'R',
  previousRequests: 'P',
  helpAlreadyReceived: 'P',
  modalities: 'P',
  targetDates: 'P',
  parliamentaryCalendar: 'P',
  funding: 'P',
  regionalInterest: 'S',
  circulationConsent: 'R',
  publicSummaryConsent: 'R',
  excludedParties: 'R',
  declaration: 'R',
};
export type FormField = keyof typeof LETTERS;
export const FORM_FIELDS = Object.keys(LETTERS) as FormField[];

const mark = (field: FormField): string => `CANARY${field.toUpperCase()}`;
const person = (field: FormField) => ({
  name: `${mark(field)} NAME`,
  title: `${mark(field)} TITLE`,
  email: `${mark(field).toLowerCase()}@bravia.example.test`,
  phone: '+260211000000',
});

/** A request in which every field that takes words holds some that stand nowhere else. */
export const CANARY_FORM: RequestForm = requestForm({
  noteVerbale: { number: mark('noteVerbale'), date: '2026-11-01' },
  leadMinistry: mark('leadMinistry'),
  leadUnit: mark('leadUnit'),
  focalPoint: person('focalPoint'),
  alternateContact: person('alternateContact'),
  missionContact: { ...person('missionContact'), city: 'geneva' },
  languagesOfOutput: [mark('languagesOfOutput')],
  lastArticle7Date: '2019-02-13',
  formAChanged: 'no',
  needDescription: `${mark('needDescription')} `.repeat(20),
  expectedResult: `${mark('expectedResult')} `.repeat(5),
  beneficiaryBodies: [mark('beneficiaryBodies')],
  existingLaws: [{ title: mark('existingLaws'), year: 1999 }],
  profileFlags: { stockpile: 'no' },
  modelLawChoice: mark('modelLawChoice'),
  sisterTreaties: ['APMBC'],
  obstacles: ['capacity'],
  obstaclesText: mark('obstaclesText'),
  previousRequests: [{ where: mark('previousRequests') }],
  helpAlreadyReceived: mark('helpAlreadyReceived'),
  parliamentaryCalendar: mark('parliamentaryCalendar'),
  regionalInterest: true,
  excludedParties: ['QMY'],
  declaration: { name: `${mark('declaration')} NAME`, title: mark('declaration'), agreed: true },
});

/** The words of each field that has some. */
export const CANARIES: [FormField, string][] = FORM_FIELDS.filter((field) =>
  JSON.stringify(CANARY_FORM[field] ?? '')
    .toUpperCase()
    .includes(mark(field)),
).map((field) => [field, mark(field)]);
