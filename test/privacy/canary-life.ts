import type { RequestForm } from '#libs/domain/case/request-form.js';
import { inDays } from '../support/days.js';
import type { Deployment } from '../support/deployment.js';
import { requestForm } from '../support/request-form.js';
import type { Canaries } from './canary.js';

/** A request with a canary in every field that somebody writes. */
export function canaryForm(canaries: Canaries): RequestForm {
  const at = (field: string) => canaries.in(`form.${field}`);
  const contact = (field: string) => ({
    name: at(`${field}.name`),
    title: at(`${field}.title`),
    email: canaries.address(`form.${field}.email`),
    phone: canaries.word(`form.${field}.phone`),
  });
  return requestForm({
    leadMinistry: at('leadMinistry'),
    leadUnit: at('leadUnit'),
    focalPoint: contact('focalPoint'),
    alternateContact: contact('alternateContact'),
    missionContact: { ...contact('missionContact'), city: 'geneva' },
    needDescription: `${at('needDescription')} ${'It must be brought in line with the penal code. '.repeat(6)}`,
    expectedResult: `${at('expectedResult')} A bill with penal sanctions under Article 9.`,
    beneficiaryBodies: [at('beneficiaryBodies')],
    previousRequests: [
      { where: at('previousRequests.where'), when: at('previousRequests.when'), result: at('previousRequests.result') },
    ],
    declaration: { name: at('declaration.name'), title: at('declaration.title'), agreed: true },
    languagesOfOutput: [at('languagesOfOutput')],
    existingLaws: [
      { title: at('existingLaws.title'), url: `https://law.example.org/${canaries.word('form.existingLaws.url')}` },
    ],
    modelLawChoice: at('modelLawChoice'),
    obstaclesText: at('obstaclesText'),
    helpAlreadyReceived: at('helpAlreadyReceived'),
    parliamentaryCalendar: at('parliamentaryCalendar'),
    noteVerbale: { number: at('noteVerbale.number'), date: '2026-11-01' },
  });
}

/** What is written at each step of a case, with a canary in every text. */
export function canaryBodies(canaries: Canaries) {
  const at = (field: string) => canaries.in(field);
  return {
    acknowledge: { message: at('acknowledge.message') },
    verify: { means: 'mission', evidence: at('verify.evidence') },
    take: {},
    return: { questions: [at('return.questions')] },
    answer: { answers: [at('answer.answers')] },
    'change-priority': { priority: 'P1', reason: at('change-priority.reason') },
    'log-contact': { with: at('log-contact.with'), means: 'call', text: at('log-contact.text') },
    'add-note': { text: at('add-note.text') },
    triage: { scope: at('triage.scope'), priority: 'P2', needTypes: ['drafting'], summary: at('triage.summary') },
    'request-consent': { audience: 'all_matching', summary: at('request-consent.summary') },
    'refuse-consent': { reason: at('refuse-consent.reason') },
    'give-consent': { reason: at('give-consent.reason') },
    circulate: { organisations: ['LEGALAID', 'QMX', 'COALITION'] },
    'decline-invitation': { reason: at('decline-invitation.reason') },
    'ask-question': { question: at('ask-question.question') },
    'answer-question': { answer: at('answer-question.answer') },
    'make-offer': { text: at('make-offer.text'), from: inDays(50), to: inDays(100), funding: 'none' },
    'decline-offer': { reason: at('decline-offer.reason') },
    'agree-plan': {
      milestones: [{ title: at('agree-plan.title'), dueOn: inDays(83), responsible: at('agree-plan.responsible') }],
      language: at('agree-plan.language'),
      payer: at('agree-plan.payer'),
    },
    'update-progress': { text: at('update-progress.text') },
    'give-view': { text: at('give-view.text') },
    suspend: { reason: at('suspend.reason'), reviewOn: inDays(52) },
    resume: {},
    'start-national-process': { lawTitle: at('start-national-process.lawTitle'), step: 'cabinet' },
    'confirm-current': { step: 'tabled', text: at('confirm-current.text') },
    'record-adoption': {
      title: at('record-adoption.title'),
      number: at('record-adoption.number'),
      date: '2026-11-01',
      url: `https://law.example.org/${canaries.word('record-adoption.url')}`,
    },
    'record-reporting': { reportDate: '2026-11-20' },
    close: { outcome: 'measure_adopted', text: at('close.text') },
    'record-outcome': { text: at('record-outcome.text') },
    reopen: { reason: at('reopen.reason') },
    withdraw: { reason: at('withdraw.reason') },
    decline: { reason: at('decline.reason') },
    reject: { reason: at('reject.reason') },
    refer: { to: at('refer.to'), reason: at('refer.reason') },
  } satisfies Record<string, object>;
}

type Verb = keyof ReturnType<typeof canaryBodies>;

/** Lives cases through every text that can be written in one, over HTTP. */
export class CanaryLife {
  readonly answers: { url: string; headers: Headers; body: unknown }[] = [];
  private readonly bodies;

  constructor(
    private readonly deployment: Deployment,
    private readonly canaries: Canaries,
  ) {
    this.bodies = canaryBodies(canaries);
  }

  async open(): Promise<string> {
    const { status, body, headers } = await this.deployment.call(
      'bravia',
      'POST',
      '/api/v1/requests',
      canaryForm(this.canaries),
    );
    expect({ status, errors: body.errors }).toEqual({ status: 201, errors: undefined });
    this.answers.push({ url: '/api/v1/requests', headers, body });
    return body.reference as string;
  }

  async does(who: string, reference: string, verb: Verb, changes: object = {}) {
    const answer = await this.deployment.step(who, reference, verb, { ...this.bodies[verb], ...changes });
    expect({ verb, status: answer.status, why: answer.body.detail }).toMatchObject({ verb, status: 200 });
    this.answers.push({ url: `/api/v1/cases/${reference}/${verb}`, ...answer });
    return answer.body;
  }

  /** From the form to the outcome forms, with every turn on the way that leads back to it. */
  async whole(): Promise<string> {
    const reference = await this.open();
    const does = (who: string, verb: Verb, changes?: object) => this.does(who, reference, verb, changes);
    await does('coordinator', 'acknowledge');
    await does('coordinator', 'verify');
    await does('coordinator', 'take');
    await does('coordinator', 'return');
    await does('bravia', 'answer');
    await does('coordinator', 'log-contact');
    await does('coordinator', 'add-note');
    await does('coordinator', 'triage');
    await does('coordinator', 'change-priority');
    await does('coordinator', 'request-consent');
    await does('bravia', 'refuse-consent');
    await does('coordinator', 'request-consent');
    await does('bravia', 'give-consent');
    await does('coordinator', 'circulate');
    await does('coalition', 'decline-invitation');
    await does('helvia', 'ask-question');
    const { responderQuestions } = (await this.deployment.call('coordinator', 'GET', `/api/v1/cases/${reference}`))
      .body;
    await does('coordinator', 'answer-question', { questionId: responderQuestions[0].id });
    await does('helvia', 'make-offer');
    await does('legalaid', 'make-offer');
    const { offers } = (await this.deployment.call('bravia', 'GET', `/api/v1/cases/${reference}`)).body;
    await does('bravia', 'decline-offer', { offerId: offers[0].id });
    await does('bravia', 'accept-offer' as Verb, { offerId: offers[1].id });
    await does('coordinator', 'agree-plan');
    await does('legalaid', 'update-progress');
    await does('bravia', 'give-view');
    await does('coordinator', 'suspend');
    await does('coordinator', 'resume');
    await does('coordinator', 'start-national-process');
    await does('bravia', 'confirm-current');
    await does('bravia', 'record-adoption');
    await does('coordinator', 'record-reporting');
    await does('coordinator', 'close');
    await does('bravia', 'record-outcome');
    await does('bravia', 'reopen');
    await does('bravia', 'withdraw');
    return reference;
  }

  /** The other ends that a case may have. */
  async others(): Promise<void> {
    for (const verb of ['decline', 'refer', 'reject'] as const) {
      const reference = await this.open();
      await this.does('coordinator', reference, 'acknowledge');
      await this.does('coordinator', reference, 'take');
      await this.does('coordinator', reference, verb);
    }
  }
}
