import { addPerson } from '../permissions/personas.js';
import { HttpCase } from './http-case.js';
import { mailedAnswer } from './mailed-answer.js';
import type { TestSystem } from './system.js';

/** What is asked by link of a responder that was invited, and of one that does the work; and a link that is over. */
export async function answerLinks(system: TestSystem): Promise<Record<string, string>> {
  await addPerson(system.dataSource, { mailbox: 'second', roles: ['responder'], organisation: 'LEGALAID' });
  const [asked, working] = [await HttpCase.after(system, 'circulate'), await HttpCase.after(system, 'agree-plan')];
  await working.does('legalaid', 'pass-on', { email: 'second@demo.action48.test' });
  const linkOf = async ({ reference }: HttpCase, ...mail: [who: string, kind?: string]) =>
    (await mailedAnswer(system, reference, ...mail)).path.replace('/answer/', '');
  const over = await linkOf(asked, 'helvia');
  return {
    ':answer': await linkOf(asked, 'helvia'),
    ':over': over,
    ':progress': await linkOf(working, 'second', 'passed_on'),
  };
}
