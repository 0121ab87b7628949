/** What an organisation is. A State may have several offices: all of them have its alpha-3 code. */
export const ORGANISATION_KINDS = [
  'state',
  'ministry',
  'mission',
  'international_organisation',
  'civil_society',
  'coordinator',
  'isu',
  'presidency',
  'committee',
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** Offices of a State; only these have people who ask in its name. */
export const OFFICE_KINDS: readonly OrganisationKind[] = ['state', 'ministry', 'mission'];

export const isOffice = (kind: string): boolean => OFFICE_KINDS.some((one) => one === kind);
