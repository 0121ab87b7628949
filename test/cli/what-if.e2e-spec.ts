import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DELIVERED_CLOCKS } from '#libs/domain/case/delivered-policy.js';
import { CaseWorld } from '../support/case-world.js';
import { CommandLine } from '../support/command-line.js';
import { inDays } from '../support/days.js';
import { actor } from '../support/people.js';

const ZONES = 'test/fixtures/zoneinfo';

/** Questions about rules from the command line as it is delivered (needs the build, which `npm test` makes first). */
describe('the command line about what would be', () => {
  let world: CaseWorld;
  let reference = '';
  beforeAll(async () => {
    world = await CaseWorld.create();
    ({ reference } = await world.open());
  }, 60_000);
  afterAll(() => world.close());

  const run = (...args: string[]) => new CommandLine(world.url).run(args);
  const draft = (content: unknown): string => {
    const file = join(mkdtempSync(join(tmpdir(), 'draft-')), 'draft.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };
  /** Long enough to have a working day in it wherever it begins. */
  const week = Array.from({ length: 7 }, (_, index) => inDays(index + 1));

  it('lists what holidays would change on open cases: a summary, then a line a change', async () => {
    const { code, out } = await run('sla', 'what-if', draft({ calendar: 'geneva', add: week }), '--from-now');
    const [summary, ...lines] = out.trim().split('\n');
    expect({ code, summary }).toEqual({
      code: 0,
      summary: '1 case looked at, 1 change on 1 of them: 1 deadline later, 0 earlier, 0 verdicts',
    });
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^${reference} +acknowledge +running .* -> running .* later$`)),
    ]);
  }, 60_000);

  it('says the same as one JSON document', async () => {
    const { out } = await run(
      'sla',
      'what-if',
      draft({ clocks: DELIVERED_CLOCKS.map((clock) => ({ ...clock, title: 'T', target: { days: 3 } })) }),
      '--json',
    );
    const data = JSON.parse(out);
    expect(data).toMatchObject({ question: 'always', lookedAt: 1, cases: 1 });
    expect(data.changes[0]).toMatchObject({
      reference,
      clock: 'acknowledge',
      kinds: expect.arrayContaining(['target']),
    });
    expect(new Date(data.changes[0].after.dueAt).toISOString()).toBe(data.changes[0].after.dueAt);
  }, 60_000);

  it('takes a stored draft by its id', async () => {
    const [{ id }] = await world.dataSource.query<[{ id: string }]>(
      `INSERT INTO rule_draft (id, kind, subject, title, based_on, body, revision, author_id, updated_at)
       VALUES (gen_random_uuid(), 'policy', '', 'Same', 1, $1, 1, $2, now()) RETURNING id`,
      [JSON.stringify(DELIVERED_CLOCKS), actor('lead').personId],
    );
    const { code, out } = await run('sla', 'what-if', '--draft', id);
    expect({ code, first: out.split(':')[0] }).toEqual({ code: 0, first: '1 case looked at, 0 changes on 0 of them' });
  }, 60_000);

  it.each([
    ['not JSON', 'cannot be read as JSON'],
    [{ clocks: [] }, 'clocks: leaves the stage'],
    [{ calendar: 'atlantis', add: [] }, 'calendar: must be one of: geneva'],
    [{ calendar: 'geneva', add: ['2027-02-30'] }, 'add.0: not a date: 2027-02-30'],
    [{ calendar: 'geneva', remove: ['2027-02-03'] }, 'remove.0: 2027-02-03 is no holiday'],
    [{ calendar: 'geneva' }, 'add: must name a date'],
    [{ calendar: { id: 'geneva', timezone: 'Europe/Zurich' } }, 'calendar.'],
    [
      { calendar: { id: 'geneva', timezone: 'Mars/Olympus', weeklyHours: { mon: [['09:00', '17:00']] } } },
      'calendar.timezone',
    ],
    [
      { calendar: { id: 'geneva', timezone: 'Europe/Zurich', weeklyHours: { mon: ['09:00'] } } },
      'calendar.weeklyHours',
    ],
    [{ calendar: 'geneva', ad: [] }, 'ad: is not a field'],
    [[], 'must be {"clocks"'],
  ])(
    'refuses the draft %j and names the field',
    async (content, message) => {
      const { code, out, err } = await run('sla', 'what-if', draft(content));
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain(message);
    },
    60_000,
  );

  it('wants exactly one draft, and one that there is', async () => {
    for (const args of [
      [],
      [draft({}), '--draft', 'x'],
      ['--draft', '00000000-0000-4000-8000-000000000000'],
      ['nowhere.json'],
    ])
      expect({ args, code: (await run('sla', 'what-if', ...args)).code }).toEqual({ args, code: 2 });
  }, 60_000);

  it('forecasts what will be late if nobody acts', async () => {
    const { code, out } = await run('sla', 'forecast', '--hours', '60');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(new RegExp(`${reference} +clock_breached +acknowledge +nobody yet`)),
    });
    for (const hours of ['0', '401', 'soon'])
      expect(await run('sla', 'forecast', '--hours', hours)).toMatchObject({
        code: 2,
        err: expect.stringContaining('--hours'),
      });
  }, 60_000);

  it('compares the zones of a folder with those that it runs on', async () => {
    const { code, out } = await run('sla', 'zones', `${ZONES}/2025b`);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('holds 2025b.') });
    expect(out).toContain('1 case looked at, 0 changes');
    expect(await run('sla', 'zones', 'libs')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no folder of compiled zones'),
    });
  }, 60_000);
});
