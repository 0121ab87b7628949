import type { FieldGroup } from '#libs/domain/access/can.js';
import type { RequestForm } from '#libs/domain/case/request-form.js';

/** The column "Vis." of the form in `product.md`: who may read which field. What is not named here is restricted. */
const PARTICIPANTS: readonly (keyof RequestForm)[] = [
  'channel',
  'leadMinistry',
  'leadUnit',
  'language',
  'languagesOfOutput',
  'stageOfRatification',
  'needTypes',
  'needDescription',
  'expectedResult',
  'beneficiaryBodies',
  'legalSystems',
  'treatyEffect',
  'existingLaws',
  'profileFlags',
  'modelLawChoice',
  'sisterTreaties',
  'previousRequests',
  'helpAlreadyReceived',
  'modalities',
  'targetDates',
  'parliamentaryCalendar',
  'funding',
];
const STATES_PARTIES: readonly (keyof RequestForm)[] = [
  'requestingState',
  'lastArticle7Date',
  'formAChanged',
  'regionalInterest',
];

/** The request's fields that a viewer with these field groups may read. */
export function visibleForm(form: RequestForm | null, groups: ReadonlySet<FieldGroup>): Record<string, unknown> {
  if (!form) return {};
  if (groups.has('restricted')) return { ...form };
  const readable = [
    ...(groups.has('participants') ? PARTICIPANTS : []),
    ...(groups.has('states_parties') ? STATES_PARTIES : []),
  ];
  return Object.fromEntries(Object.entries(form).filter(([field]) => readable.includes(field as keyof RequestForm)));
}
