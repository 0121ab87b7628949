import { inDays } from './days.js';
import type { TestSystem } from './system.js';
import { until } from './until.js';

/** Sends a form of the pages as one of the people of the demonstration. */
export const sendForm = (system: TestSystem, who: string, path: string, fields: Record<string, string>) =>
  system.call(who, 'POST', path, new URLSearchParams(fields).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });

/** A page as a person gets it. */
export const page = async (system: TestSystem, who: string, path: string): Promise<string> =>
  String((await system.call(who, 'GET', path)).body);

/** Asks the page and waits for the answer. Returns the id by which it is found. */
export async function answered(
  system: TestSystem,
  fields: Record<string, string> = { add: `${inDays(1)} ${inDays(2)} ${inDays(3)} ${inDays(4)}`, question: 'from_now' },
  path = '/what-if',
): Promise<string> {
  const asked = await sendForm(system, 'coordinator', path, fields);
  const id = /\/what-if\/([0-9a-f-]{36})/.exec(String(asked.body))?.[1] ?? '';
  await until('an answer', async () => !(await page(system, 'coordinator', `/what-if/${id}`)).includes('app-progress'));
  return id;
}
