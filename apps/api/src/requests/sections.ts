import * as form from '#libs/domain/case/request-form.js';
import { date, LANGUAGE_CHOICES, lines, one, prose, several, text } from './form-field.js';
import type { FormField, Section } from './form-field.js';

const email = { type: 'email', autocomplete: 'off' } as const;

const FLAGS: Record<(typeof form.PROFILE_FLAGS)[number], string> = {
  stockpile: 'Are there cluster munitions in stock?',
  contamination: 'Is land contaminated by remnants?',
  productionHistory: 'Were cluster munitions ever produced in your State?',
  foreignForces: 'Are foreign forces stationed in your State?',
  hostsTransit: 'Do foreign munitions pass through your State?',
  financialCentre: 'Is your State a financial centre?',
};

const MODEL_LAWS = [
  { value: 'nz_small_state', text: 'New Zealand model for small States without stocks or contamination' },
  { value: 'icrc_common_law', text: 'ICRC model law for common-law States' },
  { value: 'cmc', text: 'Cluster Munition Coalition model law' },
  { value: 'none', text: 'none of them' },
];

const CIRCULATION = [
  { value: 'all_responders', text: 'Every responder that matches' },
  { value: 'named_list', text: 'Only responders that I name later' },
  { value: 'coordinator_and_isu_only', text: 'Only the coordinators and the ISU' },
  { value: 'later', text: 'I decide later' },
];

const PUBLICATION = [
  { value: 'none', text: 'Nothing' },
  { value: 'anonymous_statistics', text: 'Only anonymous statistics' },
  { value: 'summary', text: 'A summary' },
];

/** The request form, section by section (`product.md`, Request form). */
export const SECTIONS: readonly Section[] = [
  {
    id: 'who',
    title: 'Who leads',
    fields: [
      text('leadMinistry', 'Lead ministry', {
        hint: 'Write “not yet decided” if that is so',
        autocomplete: 'organization',
      }),
      text('leadUnit', 'Unit', { optional: true }),
      one('language', 'Language of correspondence', LANGUAGE_CHOICES),
      one('article9SelfAssessment', 'How do you see your measures under Article 9 today?', form.SELF_ASSESSMENTS),
      one('stageOfRatification', 'How far is ratification?', form.RATIFICATION_STAGES, {
        optional: true,
        hint: 'Signatories must answer this; States Parties leave it empty',
      }),
      date('lastArticle7Date', 'Date of your last Article 7 report', { optional: true }),
      one('formAChanged', 'Has Form A of that report changed since?', form.FLAG_ANSWERS, { optional: true }),
    ],
  },
  {
    id: 'contacts',
    title: 'Contacts',
    intro: 'Only the coordinators and the Implementation Support Unit see these names and addresses.',
    fields: [
      text('focalPoint.name', 'Focal point: name', { autocomplete: 'name' }),
      text('focalPoint.title', 'Focal point: title', { optional: true, autocomplete: 'organization-title' }),
      text('focalPoint.email', 'Focal point: e-mail address', { type: 'email', autocomplete: 'email' }),
      text('focalPoint.phone', 'Focal point: telephone', { optional: true, type: 'tel', autocomplete: 'tel' }),
      text('alternateContact.name', 'Alternate contact: name', { autocomplete: 'off' }),
      text('alternateContact.email', 'Alternate contact: e-mail address', {
        ...email,
        hint: 'Another address than the focal point’s',
      }),
      text('missionContact.name', 'Contact at the mission: name', { autocomplete: 'off' }),
      text('missionContact.email', 'Contact at the mission: e-mail address', email),
      one('missionContact.city', 'Mission in', [
        { value: 'geneva', text: 'Geneva' },
        { value: 'new_york', text: 'New York' },
      ]),
    ],
  },
  {
    id: 'need',
    title: 'What help you need',
    fields: [
      several('needTypes', 'Kind of help', form.NEED_TYPES, {
        hint: 'Choose up to 3. You may send a second request for the rest',
      }),
      prose('needDescription', 'Describe the need', {
        hint: '200 to 4,000 characters. Say what exists, what is missing, and what keeps you from it',
        rows: 8,
      }),
      prose('expectedResult', 'What should exist at the end?', { hint: '50 to 1,000 characters' }),
      lines('beneficiaryBodies', 'For which bodies?', {
        hint: 'One a line: ministry, parliament, attorney-general, forces, customs …',
      }),
      several('obstacles', 'What stands in the way?', form.OBSTACLES, {
        optional: true,
        hint: 'Only counted, never shown with your name',
      }),
      prose('obstaclesText', 'More about what stands in the way', { optional: true, rows: 3 }),
    ],
  },
  {
    id: 'law',
    title: 'Your legal system',
    fields: [
      several('legalSystems', 'Legal system', form.LEGAL_SYSTEMS),
      one('treatyEffect', 'How do treaties take effect?', form.TREATY_EFFECTS),
      lines('existingLaws', 'Laws that exist already', {
        optional: true,
        hint: 'One a line: title, year, address on the web (https://)',
      }),
      several('languagesOfOutput', 'Languages in which the law must be written', LANGUAGE_CHOICES, { optional: true }),
      one('modelLawChoice', 'Model law that you would start from', MODEL_LAWS, { optional: true }),
      several('sisterTreaties', 'Should the same bill serve other treaties?', form.SISTER_TREATIES, { optional: true }),
    ],
  },
  {
    id: 'profile',
    title: 'About your State',
    intro: 'These answers tell which model law fits. “Unknown” is an answer.',
    fields: form.PROFILE_FLAGS.map((flag) => one(`profileFlags.${flag}`, FLAGS[flag], form.FLAG_ANSWERS)),
  },
  {
    id: 'how',
    title: 'How and by when',
    fields: [
      several('modalities', 'How should the help be given?', form.MODALITIES),
      date('targetDates.earliest', 'Earliest date'),
      date('targetDates.neededBy', 'Needed by'),
      prose('parliamentaryCalendar', 'Sessions of parliament, elections', { optional: true, rows: 3 }),
      one('funding.kind', 'Is funding needed?', form.FUNDING_KINDS),
      text('funding.amount.amount', 'Amount', {
        optional: true,
        hint: 'Only if funds are needed. For example, 1000.00',
      }),
      text('funding.amount.currency', 'Currency', { optional: true, hint: 'Three letters, for example CHF' }),
      lines('previousRequests', 'Earlier requests for this help', {
        hint: 'One a line: where, when, with what result. Leave empty if there were none',
        optional: true,
      }),
      prose('helpAlreadyReceived', 'Help that you have received already', { optional: true, rows: 3 }),
      one('regionalInterest', 'Would you join a regional workshop?', ['yes', 'no'], { optional: true }),
    ],
  },
  {
    id: 'confidentiality',
    title: 'Who may read it',
    intro: 'Nothing is circulated before you have seen the summary and agreed.',
    fields: [
      one('circulationConsent', 'Who may see a summary of your request?', CIRCULATION),
      one('publicSummaryConsent', 'May anything be published?', PUBLICATION),
      lines('excludedParties', 'Who must never see it?', { hint: 'One a line: codes or names', optional: true }),
    ],
  },
];

/** What an authorised official signs, on the page that sends the request. */
export const DECLARATION: readonly FormField[] = [
  text('declaration.name', 'Name of the authorising official'),
  text('declaration.title', 'Title'),
  several('declaration.agreed', 'Declaration', [
    {
      value: 'yes',
      text: 'I am authorised to make this request for my State, and the answers are right to the best of my knowledge.',
    },
  ]),
];

/** The section that asks for a field; the declaration has none. */
export const sectionOf = (name: string): Section | undefined =>
  SECTIONS.find(({ fields }) => fields.some((field) => field.name === name));
