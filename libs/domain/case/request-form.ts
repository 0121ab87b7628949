/** The request form of `product.md`, Request form: enumerations and the shape of a submitted request. */
export const CHANNELS = ['form', 'note_verbale', 'article7_report', 'meeting_statement', 'coordinator_logged'] as const;
export const LANGUAGES = ['ar', 'zh', 'en', 'fr', 'ru', 'es', 'pt'] as const;
export const NEED_TYPES = [
  'gap_analysis',
  'drafting',
  'review_of_draft',
  'penal_sanctions',
  'amend_existing_law',
  'regulations',
  'investment_prohibition',
  'ratification_package',
  'article7_help',
  'translation',
  'parliamentary_briefing',
  'training',
  'peer_exchange',
  'other',
] as const;
/** Needs that end with a law or other measure in force; the others may close after delivery. */
export const LAW_NEEDS: readonly NeedType[] = [
  'drafting',
  'review_of_draft',
  'penal_sanctions',
  'amend_existing_law',
  'regulations',
  'investment_prohibition',
  'ratification_package',
];
export const SELF_ASSESSMENTS = [
  'specific_legislation',
  'existing_law_sufficient',
  'developing',
  'incomplete_information',
  'no_information',
  'not_sure',
] as const;
export const LEGAL_SYSTEMS = ['common', 'civil', 'mixed', 'customary', 'religious'] as const;
export const TREATY_EFFECTS = ['monist', 'dualist', 'mixed', 'unsure'] as const;
export const MODALITIES = ['remote', 'in_capital', 'workshop', 'secondment', 'regional', 'peer_state'] as const;
export const FUNDING_KINDS = ['none', 'in_kind', 'funds'] as const;
export const CIRCULATION_CONSENTS = ['all_responders', 'named_list', 'coordinator_and_isu_only', 'later'] as const;
export const PUBLIC_SUMMARY_CONSENTS = ['none', 'anonymous_statistics', 'summary'] as const;
export const RATIFICATION_STAGES = ['consultation', 'cabinet', 'parliament', 'deposited'] as const;
export const MISSION_CITIES = ['geneva', 'new_york'] as const;
export const SISTER_TREATIES = ['APMBC', 'CCW', 'ATT', 'CWC', 'BWC'] as const;
export const OBSTACLES = [
  'capacity',
  'drafting_expertise',
  'priority',
  'coordination',
  'translation',
  'funds',
  'elections',
  'security',
  'other',
] as const;
export const FLAG_ANSWERS = ['yes', 'no', 'unknown'] as const;
export const PROFILE_FLAGS = [
  'stockpile',
  'contamination',
  'productionHistory',
  'foreignForces',
  'hostsTransit',
  'financialCentre',
] as const;

export type Channel = (typeof CHANNELS)[number];
export type Language = (typeof LANGUAGES)[number];
export type NeedType = (typeof NEED_TYPES)[number];

export interface Contact {
  name: string;
  title?: string;
  email: string;
  phone?: string;
}

export interface Money {
  amount: string;
  currency: string;
}

/** Required fields first; every other field of the form is optional and named after it. */
export interface RequestForm {
  requestingState: string;
  channel: Channel;
  language: Language;
  leadMinistry: string;
  leadUnit?: string;
  focalPoint: Contact;
  alternateContact: Contact;
  missionContact: Contact & { city: (typeof MISSION_CITIES)[number] };
  article9SelfAssessment: (typeof SELF_ASSESSMENTS)[number];
  needTypes: NeedType[];
  needDescription: string;
  expectedResult: string;
  beneficiaryBodies: string[];
  legalSystems: (typeof LEGAL_SYSTEMS)[number][];
  treatyEffect: (typeof TREATY_EFFECTS)[number];
  previousRequests: { where: string; when?: string; result?: string }[];
  modalities: (typeof MODALITIES)[number][];
  targetDates: { earliest: string; neededBy: string };
  funding: { kind: (typeof FUNDING_KINDS)[number]; amount?: Money };
  circulationConsent: (typeof CIRCULATION_CONSENTS)[number];
  publicSummaryConsent: (typeof PUBLIC_SUMMARY_CONSENTS)[number];
  excludedParties: string[];
  declaration: { name: string; title: string; agreed: true };
  languagesOfOutput?: string[];
  stageOfRatification?: (typeof RATIFICATION_STAGES)[number];
  lastArticle7Date?: string;
  formAChanged?: (typeof FLAG_ANSWERS)[number];
  existingLaws?: { title: string; year?: number; url?: string }[];
  profileFlags?: Partial<Record<(typeof PROFILE_FLAGS)[number], (typeof FLAG_ANSWERS)[number]>>;
  modelLawChoice?: string;
  sisterTreaties?: (typeof SISTER_TREATIES)[number][];
  obstacles?: (typeof OBSTACLES)[number][];
  obstaclesText?: string;
  helpAlreadyReceived?: string;
  parliamentaryCalendar?: string;
  regionalInterest?: boolean;
  /** Of a request that came on paper, or was logged by a coordinator. */
  receivedAt?: string;
  noteVerbale?: { number: string; date: string };
}

/** A law or other measure must follow, so the case stays open until it is adopted and reported. */
export const concernsLaw = (needs: readonly NeedType[]): boolean => needs.some((need) => LAW_NEEDS.includes(need));
