import { Mail } from '#libs/database/entities/mail.entity.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import { CaseWorld } from '../../test/support/case-world.js';
import { organisationId } from '../../test/support/people.js';
import { requestForm } from '../../test/support/request-form.js';
import { messageOf } from './envelope.js';

const SENDER = {
  mailFrom: 'Action48 <no-reply@action48.test>',
  publicUrl: 'https://action48.test',
  secretsKey: Buffer.alloc(32).toString('base64'),
};
const CANARY = 'CANARY-7f3a';
const secret = `${CANARY} what the State wrote in confidence, long enough to be a description of a need. `.repeat(3);

describe('the mails of a case', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  }, 60_000);
  afterAll(() => world.close());

  const mailsOf = (caseId: string): Promise<Mail[]> => world.dataSource.manager.findBy(Mail, { caseId });

  it('never carry anything that somebody wrote into the case', async () => {
    const form = requestForm({ needDescription: secret, expectedResult: secret, leadUnit: CANARY });
    const { caseId } = await world.open({ form });
    const steps: [string, CaseCommand['verb'], object][] = [
      ['coordinator', 'acknowledge', { message: secret }],
      ['coordinator', 'verify', { means: 'mission', evidence: secret }],
      ['coordinator', 'take', {}],
      ['coordinator', 'return', { questions: [secret] }],
      ['focalPoint', 'answer', { answers: [secret] }],
      ['coordinator', 'triage', { scope: 'law', priority: 'P2', needTypes: ['drafting'], summary: secret }],
      ['coordinator', 'request-consent', { audience: [organisationId('legalaid')], summary: secret }],
      ['focalPoint', 'give-consent', {}],
      ['coordinator', 'circulate', { organisations: [organisationId('legalaid')] }],
      ['legalaid', 'ask-question', { question: secret }],
      ['legalaid', 'decline-invitation', { reason: 'no_capacity', text: secret }],
    ];
    for (const [who, verb, body] of steps) await world.send(who, caseId, { verb, body } as CaseCommand);

    const mails = await mailsOf(caseId);
    expect(new Set(mails.map(({ kind }) => kind))).toEqual(
      new Set([
        'receipt',
        'acknowledgement',
        'questions',
        'answers',
        'consent_request',
        'consent_answer',
        'invitation',
        'responder_answer',
        'all_declined',
      ]),
    );
    for (const mail of mails) expect(JSON.stringify(messageOf(mail, SENDER))).not.toContain(CANARY);
    const toResponders = mails.filter(({ kind }) => kind === 'invitation');
    for (const mail of toResponders) expect(JSON.stringify(messageOf(mail, SENDER))).not.toContain('State QMB');
  });

  it('are in the language of whoever gets them: that of the form for its focal point, their own for everybody else', async () => {
    const { caseId } = await world.open({ form: requestForm({ language: 'fr' }) });
    const receipts = (await mailsOf(caseId)).map((mail) => [mail.recipient, messageOf(mail, SENDER).subject]);
    expect(Object.fromEntries(receipts)).toEqual({
      'focal@bravia.example.test': expect.stringContaining('nous avons reçu votre demande'),
      'focalpoint@example.test': expect.stringContaining('we have received your request'),
    });
  });
});
