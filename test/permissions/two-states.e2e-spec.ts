import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { guestFor } from '#libs/identity/guests.js';
import { Sessions } from '#libs/identity/sessions.js';
import { requestForm } from '../support/request-form.js';
import { routesOf } from '../support/routes.js';
import type { Route } from '../support/routes.js';
import { TestSystem } from '../support/system.js';
import { personId } from './personas.js';

jest.setTimeout(180_000);

/** Words that a request of one State alone has. */
const WORDS = {
  bravia: ['zirconquill', 'marblefern'],
  aurelia: ['obsidianlark', 'velvetmoth'],
} as const;
type State = keyof typeof WORDS;
const CODES: Record<State, string> = { bravia: 'QMB', aurelia: 'QMA' };

/** Of the same shape as what there is, and of nothing. */
const NO_REFERENCE = 'CCM-A9-2026-9999';
const NO_ID = '00000000-0000-4000-8000-000000000000';
/** Of the trial: everybody reads all mail there, on purpose. */
const MAIL_CATCHER = '/dev/mail';

const requestOf = (who: State) => {
  const [one, other] = WORDS[who];
  return requestForm({
    requestingState: CODES[who],
    leadMinistry: `Ministry of ${one}`,
    needDescription: `${one} and ${other} must be brought in line with the penal code. `.repeat(8),
    expectedResult: `A bill on ${other} that can go before parliament, with penal sanctions.`,
    focalPoint: { name: `${one} Person`, title: 'Adviser', email: `focal@${one}.example.test`, phone: '+260211000000' },
    alternateContact: { name: `${other} Person`, email: `alternate@${other}.example.test` },
    missionContact: { name: `${one} Mission`, email: `mission@${one}.example.test`, city: 'geneva' },
    declaration: { name: `${one} Person`, title: 'Adviser', agreed: true },
  });
};

describe.each<[State, State]>([
  ['aurelia', 'bravia'],
  ['bravia', 'aurelia'],
])('%s, who looks for what is of %s', (who, whose) => {
  let system: TestSystem;
  let reads: Route[];
  let token = '';
  const theirs = { reference: '', caseId: '', draft: '', person: personId(whose) };
  const intruders: Record<string, string> = {};
  beforeAll(async () => {
    system = await TestSystem.start({ settings: { LOG_LEVEL: 'error' } });
    reads = routesOf(system.app).filter(({ method }) => method === 'GET');
    const opened = { [who]: await open(who), [whose]: await open(whose) };
    theirs.reference = opened[whose] ?? '';
    theirs.caseId = (await caseOf(theirs.reference)).id;
    await system.step('coordinator', theirs.reference, 'acknowledge', { message: `About ${WORDS[whose][0]}.` });
    theirs.draft = await draftOf(whose);
    token = await sessionOf(await person(personId(who)));
    intruders['its officer'] = token;
    const { id: caseId } = await caseOf(opened[who] ?? '');
    const contact = { name: 'A contact', email: 'contact@example.test' };
    const asks = { caseId, contactHash: 'x', contact, language: 'en', timezone: 'Europe/Zurich' };
    const guest = await guestFor(system.dataSource.manager, asks);
    if (guest) intruders['its guest'] = await sessionOf(guest);
  });
  afterAll(() => system?.stop());

  const open = async (state: State): Promise<string> =>
    (await system.call(state, 'POST', '/api/v1/requests', requestOf(state))).body.reference as string;
  const caseOf = (reference: string) => system.dataSource.manager.findOneByOrFail(AssistanceCase, { reference });
  const person = (id: string) => system.dataSource.manager.findOneByOrFail(Person, { id });
  const sessionOf = async (one: Person) => (await system.app.get(Sessions).begin(one, { method: 'password' })).token;
  const visit = async (session: string, path: string) => {
    const headers = { authorization: `Bearer ${session}` };
    const answer = await fetch(system.url + path, { headers, redirect: 'manual' });
    return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() };
  };
  async function draftOf(state: State): Promise<string> {
    const { location } = await visit(await sessionOf(await person(personId(state))), '/requests/new');
    return location?.split('/').at(-1) ?? '';
  }
  /** What nobody of another State may come upon; what was asked for is in the answer in any case. */
  const secrets = () => [...WORDS[whose], theirs.reference, theirs.caseId, theirs.draft];
  const told = (text: string, asked: string) =>
    secrets().filter((secret) => !asked.includes(secret) && text.toLowerCase().includes(secret.toLowerCase()));
  const filled = (path: string, reference: string, id: string) =>
    path
      .replace(':reference', reference)
      .replace(':verb', 'add-note')
      .replace(':section', 'state')
      .replace(/\/clocks\/:name/, '/clocks/acknowledge')
      .replace(/:\w+/g, id);
  const places = () => reads.map(({ path }) => path).filter((path) => !path.startsWith(MAIL_CATCHER));
  /** Without what an answer repeats of the question, and what differs from one answer to the next. */
  const bare = (text: string, ...asked: string[]) =>
    [...asked, ...asked.map(encodeURIComponent)]
      .reduce((left, one) => left.replaceAll(one, 'ASKED'), text)
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
      .replace(/<time[^>]*>.*?<\/time>/g, 'NOW')
      .replace(/"now":"[^"]*"/g, 'NOW')
      .replace(/nonce="?[\w+/=-]+"?/g, 'NONCE')
      .replace(/name="_csrf" value="[^"]*"/g, 'CSRF');

  it('is shown nothing at any address with a reference or an id in it, nor that there is anything', async () => {
    const wrong: unknown[] = [];
    for (const [as, session] of Object.entries(intruders))
      for (const path of places().filter((one) => one.includes(':')))
        for (const id of [theirs.caseId, theirs.draft, theirs.person, theirs.reference]) {
          const asked = filled(path, theirs.reference, id);
          const there = await visit(session, asked);
          const unasked = filled(path, NO_REFERENCE, id === theirs.reference ? NO_REFERENCE : NO_ID);
          const nowhere = await visit(session, unasked);
          const leaks = told(there.text, asked);
          if (leaks.length) wrong.push({ as, asked, leaks });
          const [one, other] = [
            bare(there.text, asked, theirs.reference, id),
            bare(nowhere.text, unasked, NO_REFERENCE, NO_ID),
          ];
          if (there.status !== nowhere.status || one !== other)
            wrong.push({ as, asked, statuses: [there.status, nowhere.status], sameText: one === other });
        }
    expect(wrong).toEqual([]);
  });

  it('comes upon nothing in any list, search, export or page of its own', async () => {
    const wrong: unknown[] = [];
    const asking = ['', ...WORDS[whose].map((word) => `?q=${word}`), `?q=${theirs.reference}`, '?queue=all&limit=200'];
    for (const [as, session] of Object.entries(intruders))
      for (const path of places().filter((one) => !one.includes(':')))
        for (const query of asking) {
          const leaks = told((await visit(session, path + query)).text, path + query);
          if (leaks.length) wrong.push({ as, path, query, leaks });
        }
    expect(wrong).toEqual([]);
  });

  it('is told the same of a case that there is and of one that there is not, whatever is tried on it', async () => {
    const send = async (session: string, reference: string, path: string) => {
      const headers = {
        authorization: `Bearer ${session}`,
        'idempotency-key': 'k',
        'content-type': 'application/json',
      };
      const answer = await fetch(`${system.url}/api/v1/cases/${reference}/${path}`, {
        ...{ method: 'POST', headers, body: '{}' },
      });
      return [answer.status, bare(await answer.text(), reference)];
    };
    for (const session of Object.values(intruders))
      for (const verb of ['withdraw', 'take', 'give-consent', 'add-note', 'no-such-verb'])
        expect(await send(session, theirs.reference, verb)).toEqual(await send(session, NO_REFERENCE, verb));
  });

  it('finds its own, so that the searches above are searches', async () => {
    const { text } = await visit(token, '/api/v1/cases');
    expect(text).toContain(CODES[who]);
    const { body } = await system.call(whose, 'GET', `/api/v1/cases/${theirs.reference}`);
    expect(JSON.stringify(body)).toContain(WORDS[whose][0]);
  });
});
