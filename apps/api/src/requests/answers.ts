import type { SignedIn } from '#libs/identity/signed-in.js';
import { bodyOf } from '../cases/forms/form-body.js';
import { DECLARATION, SECTIONS } from './sections.js';
import type { FormField, Section } from './form-field.js';

/** Answers of a draft as a browser sent them. */
export type Answers = Record<string, string | string[]>;

const EVERY_FIELD: readonly FormField[] = [...SECTIONS.flatMap(({ fields }) => fields), ...DECLARATION];

/** The request that the answers make: what `POST /api/v1/requests` takes. What was not answered is left out. */
export function requestOf(answers: Answers, { actor }: SignedIn): Record<string, unknown> {
  const flat = bodyOf(EVERY_FIELD, answers);
  const request: Record<string, unknown> = {
    requestingState: actor.stateCode,
    channel: 'form',
    previousRequests: [],
    excludedParties: [],
  };
  for (const [path, value] of Object.entries(flat))
    if (value !== '') put(request, path.split('.'), shaped(path, value));
  return request;
}

function shaped(path: string, value: unknown): unknown {
  if (path === 'previousRequests') return (value as string[]).map((where) => ({ where }));
  if (path === 'existingLaws') return (value as string[]).map(lawOf);
  if (path === 'regionalInterest') return value === 'yes';
  if (path === 'declaration.agreed') return (value as string[]).includes('yes');
  return value;
}

/** `Title, 2019, https://…` as a law; the title is what is left when year and address are taken out. */
function lawOf(line: string): { title: string; year?: number; url?: string } {
  const url = /https?:\/\/\S+/.exec(line)?.[0];
  const year = /\b(1[89]|20)\d\d\b/.exec(url ? line.replace(url, '') : line)?.[0];
  const title = [url, year].reduce<string>((rest, part) => (part ? rest.replace(part, '') : rest), line);
  return {
    title: title.replace(/(?<![\s,;])[\s,;]+$|^[\s,;]+/g, '').replace(/(?<![\s,;])[\s,;]+,/g, ','),
    ...(year && { year: Number(year) }),
    ...(url && { url }),
  };
}

function put(target: Record<string, unknown>, [head = '', ...rest]: string[], value: unknown): void {
  if (!rest.length) target[head] = value;
  else put((target[head] ??= {}) as Record<string, unknown>, rest, value);
}

/** Whom the State excludes, also while the rest of the form is unanswered. */
export const excludedIn = (answers: Answers): string[] =>
  (bodyOf(
    EVERY_FIELD.filter(({ name }) => name === 'excludedParties'),
    answers,
  )['excludedParties'] as string[]) ?? [];

/** What a browser sent for one section, and nothing else. */
export function answersOf({ fields }: Pick<Section, 'fields'>, submitted: Record<string, unknown>): Answers {
  const names = fields.flatMap(({ name, kind }) =>
    kind === 'date' ? ['day', 'month', 'year'].map((part) => `${name}-${part}`) : [name],
  );
  return Object.fromEntries(names.map((name) => [name, clean(submitted[name])]));
}

function clean(value: unknown): string | string[] {
  if (Array.isArray(value)) return value.filter((one): one is string => typeof one === 'string');
  return typeof value === 'string' ? value : '';
}
