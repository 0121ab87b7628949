import type { NeedType, RequestForm } from '#libs/domain/case/request-form.js';
import type { State } from '#libs/database/entities/state.entity.js';

const WORDS: Partial<Record<NeedType, string>> = {
  training: 'Prosecutors and customs officers need training on the offences of the Act and on stopping transit.',
  translation: 'The draft bill exists in one official language only and must be available in the second one.',
  gap_analysis: 'We do not know which of our existing laws already cover the prohibitions of Article 1.',
};
const USUAL =
  'A draft bill of some years ago must be brought in line with the penal code, with sanctions for the acts that Article 9 names.';

/** A complete request of an invented State. The people in it do not exist. */
export function demoForm({ code, name, language }: State, needs: NeedType[]): RequestForm {
  const at = (mailbox: string) => `${mailbox}@${code.toLowerCase()}.demo.action48.test`;
  const need = WORDS[needs[0] ?? 'drafting'] ?? USUAL;
  return {
    requestingState: code,
    channel: 'form',
    language: language as RequestForm['language'],
    leadMinistry: 'Ministry of Defence',
    leadUnit: 'Legal department',
    focalPoint: {
      name: `Demo Focal Point of ${name}`,
      title: 'Legal adviser',
      email: at('focal'),
      phone: '+000000000',
    },
    alternateContact: { name: `Demo Alternate of ${name}`, email: at('alternate') },
    missionContact: { name: `Demo Mission of ${name}`, email: at('mission'), city: 'geneva' },
    article9SelfAssessment: 'developing',
    needTypes: needs,
    needDescription: `${need} The committee of parliament meets twice a year, and the bill should be ready for its next session.`,
    expectedResult: 'A text that can go before parliament, and officials who can explain it.',
    beneficiaryBodies: ['Parliament', 'Ministry of Justice'],
    legalSystems: ['common'],
    treatyEffect: 'dualist',
    previousRequests: [],
    modalities: ['remote', 'in_capital'],
    targetDates: { earliest: '2027-01-15', neededBy: '2027-09-30' },
    funding: { kind: 'in_kind' },
    circulationConsent: 'later',
    publicSummaryConsent: 'none',
    excludedParties: [],
    declaration: { name: `Demo Official of ${name}`, title: 'Permanent Secretary', agreed: true },
  };
}
