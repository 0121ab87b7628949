import { inDays } from './days.js';
import { HttpCase } from './http-case.js';
import { requestForm } from './request-form.js';
import type { TestSystem } from './system.js';

/** Texts for one case: `one` gives another text at each call, `all` is every text of the chunk in at most so many characters. */
export function textsOf(chunk: readonly string[]) {
  let calls = 0;
  const short = chunk.filter((text) => text.trim().length > 2 && text.length <= 90);
  return {
    one: () => short[(calls += 1) % short.length] as string,
    each: (most: number) => short.slice(0, most),
    all: (most = 4_000) =>
      `${chunk
        .join(' \n ')
        .slice(0, most - 210)
        .replace(/\p{Cs}$/u, '')} ${'x'.repeat(200)}`,
  };
}

/** A case from its opening to its end, with texts of the chunk in every field of every step. */
export async function injectedLife(system: TestSystem, chunk: readonly string[]): Promise<HttpCase> {
  const { one, each, all } = textsOf(chunk);
  const person = (name: string) => ({ name: one(), title: one(), email: `${name}@bravia.example.test` });
  const opened = await HttpCase.after(system, 'open', {
    ...requestForm(),
    ...{ leadMinistry: one(), leadUnit: one(), modelLawChoice: one(), languagesOfOutput: each(20) },
    ...{ focalPoint: person('focal'), alternateContact: person('alternate') },
    missionContact: { ...person('mission'), city: 'geneva' },
    ...{ needDescription: all(), expectedResult: all(1_000), beneficiaryBodies: each(40) },
    previousRequests: each(30).map((where) => ({ where, when: one(), result: one() })),
    existingLaws: each(30).map((title) => ({ title })),
    ...{ obstaclesText: all(), helpAlreadyReceived: all(), parliamentaryCalendar: all() },
    declaration: { name: one(), title: one(), agreed: true },
  });
  const does = (who: string, verb: Parameters<HttpCase['does']>[1], body: object = {}) => opened.does(who, verb, body);
  await does('coordinator', 'acknowledge', { message: all() });
  await does('coordinator', 'verify', { evidence: all() });
  await does('coordinator', 'take');
  await does('coordinator', 'add-note', { text: all() });
  await does('coordinator', 'log-contact', { with: one(), text: all() });
  await does('coordinator', 'change-priority', { reason: all() });
  await does('coordinator', 'return', { questions: each(30) });
  await does('bravia', 'answer', { answers: each(30) });
  await does('coordinator', 'triage', { scope: all(), summary: all() });
  await does('coordinator', 'request-consent', { summary: all() });
  await does('bravia', 'give-consent', { reason: all() });
  await does('coordinator', 'circulate');
  await does('helvia', 'decline-invitation', { reason: all() });
  await does('legalaid', 'ask-question', { question: all() });
  const [asked] = (await opened.seenBy('coordinator')).responderQuestions as { id: string }[];
  await does('coordinator', 'answer-question', { questionId: asked?.id, answer: all() });
  for (const decided of ['decline-offer', 'accept-offer'] as const) {
    await does('legalaid', 'make-offer', { text: all() });
    const offers = (await opened.seenBy('bravia')).offers as { id: string; status: string }[];
    await does('bravia', decided, {
      offerId: offers.at(-1)?.id,
      ...(decided === 'decline-offer' && { reason: all() }),
    });
  }
  const milestones = each(30).map((title) => ({ title, dueOn: inDays(83), responsible: one() }));
  await does('coordinator', 'agree-plan', { milestones, language: one(), payer: one() });
  await does('legalaid', 'update-progress', { text: all() });
  await does('bravia', 'give-view', { text: all() });
  await does('coordinator', 'start-national-process', { lawTitle: one() });
  await does('bravia', 'confirm-current', { text: all() });
  await does('bravia', 'record-adoption', { title: one(), number: one() });
  await does('coordinator', 'record-reporting');
  await does('coordinator', 'close', { outcome: 'measure_adopted', text: all() });
  await does('bravia', 'record-outcome', { text: all() });
  return opened;
}
