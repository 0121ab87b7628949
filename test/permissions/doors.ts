import { VERBS } from '#libs/domain/case/commands/index.js';
import { routesOf } from '../support/routes.js';
import type { Door } from './table.js';

/** Steps that are also tried as forms: of the State, of the coordinators, of the owner, of the lead. */
const FORM_VERBS = ['withdraw', 'take', 'add-note', 'break-glass'];

/** Routes whose verb stands for many, each of which others may use. */
const VERBS_AT: Record<string, readonly string[]> = {
  'POST /api/v1/cases/:reference/:verb': VERBS,
  'POST /cases/:reference/:verb': FORM_VERBS,
};

/** Every door of the deployment, found from what Nest knows of its routes. */
export function doorsOf(app: Parameters<typeof routesOf>[0]): Door[] {
  return routesOf(app).flatMap(({ method, path }) =>
    (VERBS_AT[`${method} ${path}`] ?? [':verb']).map((verb) => ({ method, path: path.replace(':verb', verb) })),
  );
}

/** A verb in the place where a route has `:verb`, whether or not a row names it. */
export const verbIn = (path: string): string | undefined =>
  /^\/(?:api\/v1\/)?cases\/:reference\/([a-z-]+)$/.exec(path)?.[1];
