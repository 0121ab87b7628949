import type { RequestForm } from '#libs/domain/case/request-form.js';

/** A complete request; tests change what they are about. */
export const requestForm = (changes: Partial<RequestForm> = {}): RequestForm => ({
  requestingState: 'QMB',
  channel: 'form',
  language: 'en',
  leadMinistry: 'Ministry of Defence',
  leadUnit: 'Legal',
  focalPoint: {
    name: 'Mwila Banda',
    title: 'Legal adviser',
    email: 'focal@bravia.example.test',
    phone: '+260211000000',
  },
  alternateContact: { name: 'Chanda Phiri', email: 'alternate@bravia.example.test' },
  missionContact: { name: 'Mutale Zulu', email: 'mission@bravia.example.test', city: 'geneva' },
  article9SelfAssessment: 'developing',
  needTypes: ['drafting', 'penal_sanctions'],
  needDescription: 'A draft bill of some years ago must be brought in line with the penal code. '.repeat(4),
  expectedResult: 'A bill with penal sanctions under Article 9 that can go before parliament.',
  beneficiaryBodies: ['parliament'],
  legalSystems: ['common', 'customary'],
  treatyEffect: 'dualist',
  previousRequests: [],
  modalities: ['remote', 'in_capital'],
  targetDates: { earliest: '2027-01-15', neededBy: '2027-09-30' },
  funding: { kind: 'none' },
  circulationConsent: 'later',
  publicSummaryConsent: 'none',
  excludedParties: [],
  declaration: { name: 'Mwila Banda', title: 'Legal adviser', agreed: true },
  ...changes,
});
