import { readFileSync } from 'node:fs';
import { VERBS } from '#libs/domain/case/commands/index.js';
import { openApiDocument } from '../../apps/api/src/openapi/document.js';
import { HttpCase } from '../support/http-case.js';
import { misfits } from '../support/matches-schema.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';

/** The lines of `api.md`. */
const ROUTES = [
  'post /api/v1/sessions',
  'delete /api/v1/sessions/current',
  'get /api/v1/sessions',
  'delete /api/v1/sessions',
  'delete /api/v1/sessions/{id}',
  'get /api/v1/tokens',
  'post /api/v1/tokens',
  'delete /api/v1/tokens/{id}',
  'post /api/v1/requests',
  'get /api/v1/cases',
  'get /api/v1/cases/{reference}',
  'get /api/v1/cases/{reference}/timeline',
  'get /api/v1/cases/{reference}/clocks/{name}/explanation',
  'get /api/v1/cases/{reference}/mail',
  'get /api/v1/cases/{reference}/documents',
  'get /api/v1/cases/{reference}/export',
  'get /api/v1/organisations',
  'post /api/v1/organisations',
  'get /api/v1/organisations/{id}',
  'patch /api/v1/organisations/{id}',
  'get /api/v1/people',
  'post /api/v1/people',
  'get /api/v1/people/{id}',
  'patch /api/v1/people/{id}',
  ...['disable', 'enable', 'invitation'].map((act) => `post /api/v1/people/{id}/${act}`),
  'get /api/v1/calendars',
  'get /api/v1/calendars/{id}',
  'post /api/v1/calendars/{id}/versions',
  'get /api/v1/demo/clock',
  'post /api/v1/demo/clock',
  'get /api/v1/demo/mail',
  'get /api/v1/policies',
  'get /api/v1/policies/{version}',
  'post /api/v1/policies/drafts',
  'get /api/v1/policies/drafts/{id}',
  'post /api/v1/policies/drafts/{id}/publish',
  'post /api/v1/policies/{version}/apply',
  'get /api/v1/audit',
  'get /api/v1/checkpoints',
  'get /api/v1/checkpoints/{number}',
  'get /api/v1/checkpoints/verification',
  'post /api/v1/checkpoints/verification',
  'get /livez',
  'get /readyz',
  'get /metrics',
  ...VERBS.map((verb) => `post /api/v1/cases/{reference}/${verb}`),
];

describe('the OpenAPI document', () => {
  let system: TestSystem;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  let document: any;
  beforeAll(async () => {
    system = await TestSystem.start();
    ({ body: document } = await system.call('', 'GET', '/api/openapi.json'));
  }, 60_000);
  afterAll(() => system.stop());

  const operations = () =>
    Object.entries(document.paths as Record<string, Record<string, Record<string, unknown>>>).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ route: `${method} ${path}`, operation })),
    );
  const strings = (value: unknown): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, member]) => (key === '$ref' ? [member as string] : strings(member)))
      : [];

  it('is the one that is committed (npm run openapi writes it)', () => {
    const committed = readFileSync('docs/openapi.json', 'utf8');
    const [server] = (JSON.parse(committed) as { servers: { url: string }[] }).servers;
    expect(`${JSON.stringify(openApiDocument(system.app, server?.url ?? ''), null, 2)}\n`).toBe(committed);
  });

  it('is OpenAPI 3.1 in which everything that is referred to is there', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toMatchObject({ title: 'Action48', version: '1' });
    for (const reference of strings(document)) {
      const found = reference
        .replace('#/', '')
        .split('/')
        .reduce((at, name) => at?.[name], document);
      expect({ reference, found: found !== undefined }).toEqual({ reference, found: true });
    }
    expect(JSON.stringify(document)).not.toContain('"nullable"');
  });

  it('names every operation once, and every place in a path is a parameter', () => {
    const ids = operations().map(({ operation }) => operation['operationId']);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { route, operation } of operations()) {
      const places = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const given = ((operation['parameters'] ?? []) as { name: string; in: string }[]).filter(
        (one) => one.in === 'path',
      );
      expect({ route, places: given.map(({ name }) => name) }).toEqual({ route, places });
    }
  });

  it('has every line of the contract, with its body, its answer and its problems', () => {
    expect(operations().map(({ route }) => route)).toEqual(expect.arrayContaining(ROUTES));
    for (const { route, operation } of operations().filter(({ route }) => route.includes('/api/'))) {
      const responses = Object.keys(operation['responses'] as object);
      expect({ route, ok: responses.some((status) => status.startsWith('2')) }).toEqual({ route, ok: true });
      expect({ route, problems: responses }).toEqual({ route, problems: expect.arrayContaining(['401', '503']) });
      if (route.startsWith('post') && !route.endsWith('/verification'))
        expect({ route, body: operation['requestBody'] }).toEqual({ route, body: expect.any(Object) });
      if (route !== 'post /api/v1/sessions')
        expect({ route, security: operation['security'] }).toEqual({ route, security: [{ bearer: [] }] });
    }
  });

  it('describes what is really answered, at every stage and to everybody', async () => {
    const one = await HttpCase.after(system, 'agree-plan');
    await one.does('coordinator', 'start-national-process');
    await one.does('bravia', 'record-adoption');
    await one.does('coordinator', 'suspend', {
      reviewOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    });
    await HttpCase.after(system, 'open');
    const at = '/api/v1/cases/{reference}';
    const gets = [
      at,
      `${at}/timeline`,
      `${at}/mail`,
      `${at}/documents`,
      `${at}/export`,
      '/api/v1/cases',
      '/api/v1/organisations',
    ];
    for (const who of ['bravia', 'coordinator', 'legalaid', 'helvia'])
      for (const template of gets) await fits(who, 'get', template, one.reference);
    await fits('lead', 'get', '/api/v1/policies', one.reference);
    await fits('lead', 'post', '/api/v1/policies/drafts', one.reference, { basedOn: 1 });
    await fits('admin', 'get', '/api/v1/people', one.reference);
    await fits('admin', 'get', '/api/v1/demo/clock', one.reference);
    await fits('admin', 'get', '/api/v1/demo/mail', one.reference);
    await fits('', 'get', '/livez', one.reference);
    await fits('', 'get', '/readyz', one.reference);
    await fits('', 'post', '/api/v1/sessions', one.reference, {
      email: 'isu@demo.action48.test',
      password: 'action48-demo',
    });
    await fits('isu', 'get', '/api/v1/sessions', one.reference);
    const token = { name: 'Figures', scopes: ['read'], days: 30 };
    await fits('isu', 'post', '/api/v1/tokens', one.reference, token);
    await fits('isu', 'get', '/api/v1/tokens', one.reference);
    await fits('bravia', 'post', '/api/v1/requests', one.reference, requestForm());
  }, 60_000);

  it('describes a problem as it is answered', async () => {
    const { body } = await system.call('bravia', 'POST', '/api/v1/requests', { ...requestForm(), language: 'xx' });
    expect(misfits(body, document.components.schemas.Problem, document)).toEqual([]);
  });

  async function fits(who: string, method: string, template: string, reference: string, sent?: object) {
    const { status, body } = await system.call(
      who,
      method.toUpperCase(),
      template.replace('{reference}', reference),
      sent,
    );
    const { schema } = document.paths[template][method].responses[status].content['application/json'];
    expect({ who, template, misfits: misfits(body, schema, document) }).toEqual({ who, template, misfits: [] });
  }
});
