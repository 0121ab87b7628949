import type { OpenAPIObject } from '@nestjs/swagger';
import { ref } from './schema.js';

const PROBLEMS: Record<number, string> = {
  400: 'Malformed: not JSON, an unknown field, a cursor that no list has given out, or no Idempotency-Key',
  401: 'Not signed in, or the session has ended, or it owes a second factor',
  403: 'Not for the caller to do, or not with this token',
  404: 'There is no such thing, as far as the caller may know',
  409: 'Refused by the rules: `detail` says why, `allowed` which verbs are possible',
  412: 'Changed since it was read: the ETag in If-Match is not that of what is there now',
  413: 'Larger than 1 MB',
  415: 'Not JSON',
  422: 'Wrong answers, each field named; or a key used before with another body',
  428: 'No If-Match with the ETag of what was read',
  429: 'Too many requests; see Retry-After',
  503: 'A part is away; see Retry-After, and send it again with the same key',
};

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
/** What an edit may answer with besides. */
const EDITED = [412, 428];
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Says of every route under `/api` which problems it may answer with. */
export function describeProblems(document: OpenAPIObject): OpenAPIObject {
  const components = (document.components ??= {});
  components.responses = Object.fromEntries(
    Object.entries(PROBLEMS).map(([status, description]) => [
      `Problem${status}`,
      { description, content: { 'application/problem+json': { schema: ref('Problem') } } },
    ]),
  );
  for (const [path, item] of Object.entries(document.paths).filter(([path]) => path.startsWith('/api/')))
    for (const method of METHODS) if (item[method]) addProblems(item[method], path, method);
  return document;
}

function addProblems(operation: Operation, path: string, method: (typeof METHODS)[number]): void {
  const possible = [...problemsOf(operation, path), ...(method === 'patch' ? EDITED : [])];
  const statuses = possible.filter((status) => !(status in operation.responses));
  const problems = statuses.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]);
  operation.responses = { ...operation.responses, ...Object.fromEntries(problems) } as Operation['responses'];
}

function problemsOf({ requestBody, parameters = [] }: Operation, path: string): number[] {
  const asks = parameters.some((one) => 'in' in one && one.in === 'query');
  const verb = /^\/api\/v1\/cases\/\{reference\}\/[a-z-]+$/.test(path) && requestBody !== undefined;
  const calendars = path.startsWith('/api/v1/calendars/') && requestBody !== undefined;
  const policies = path.startsWith('/api/v1/policies') && (requestBody !== undefined || path.includes('/drafts'));
  const registers = /^\/api\/v1\/(people|organisations)/.test(path) && requestBody !== undefined;
  const rules = calendars || policies || registers;
  const account = /^\/api\/v1\/(sessions|tokens|account\/mail)/.test(path);
  const hidden =
    path === '/api/v1/calendars' ||
    path.startsWith('/api/v1/policies') ||
    path.startsWith('/api/v1/people') ||
    registers;
  return [
    ...(requestBody || asks ? [400] : []),
    401,
    ...(verb || rules || path.startsWith('/api/v1/demo/') || path === '/api/v1/requests' || account ? [403] : []),
    ...(path.includes('{') || hidden ? [404] : []),
    ...(verb || rules ? [409] : []),
    ...(requestBody ? [413, 415] : []),
    ...(requestBody || asks ? [422] : []),
    ...(path === '/api/v1/sessions' ? [429] : []),
    503,
  ];
}
