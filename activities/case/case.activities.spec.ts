import { inspect } from 'node:util';
import { QueryFailedError } from 'typeorm';
import { createCaseActivities } from './case.activities.js';
import { createReconcileActivities } from '../reconcile/reconcile.activities.js';

const WORDS = 'what the focal point wrote';

/** A failure as TypeORM throws it: with the statement and everything that was to be stored. */
const failure = (code: string) =>
  new QueryFailedError(
    'INSERT INTO case_text',
    [WORDS],
    Object.assign(new Error(`bad value "${WORDS}"`), { code, detail: WORDS }),
  );

/** Everything that a log or the workflow's history could show of it. */
const seen = (error: unknown): string => inspect(error, { depth: 10, showHidden: true });

describe('a statement that PostgreSQL refuses', () => {
  let logged: string[];
  beforeEach(() => {
    logged = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => logged.push(String(text)) > 0);
  });
  afterEach(() => jest.restoreAllMocks());

  it.each(['40P01', '57014', '22P02', '23505'])('tells nobody what was to be stored (%s)', async (code) => {
    const refuse = () => Promise.reject(failure(code));
    const cases = createCaseActivities({ apply: refuse, wake: refuse });
    const stores = createReconcileActivities({ check: refuse });
    for (const attempt of [cases.commit('case', 'command', 0), cases.wake('case', 0), stores.compareStores()]) {
      const error = await attempt.then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(Error);
      expect(seen(error)).not.toContain(WORDS);
    }
    expect(logged.join('\n')).not.toContain(WORDS);
    if (/^2[23]/.test(code)) expect(logged.join('\n')).toContain(`QueryFailedError ${code}`);
  });

  it('says which kind of refusal it was, so that somebody can mend it', async () => {
    const refuse = () => Promise.reject(failure('40P01'));
    const cases = createCaseActivities({ apply: refuse, wake: refuse });
    await expect(cases.wake('case', 0)).rejects.toThrow('40P01');
  });
});
