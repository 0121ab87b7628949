import type { Translate } from '#libs/i18n/translator.js';
import { NotAcceptable, NotTheirs, Stale, StandsInTheWay } from '#libs/people/refused.js';

export interface FormError {
  field: string;
  text: string;
}

export interface FormRefusal {
  status: 403 | 409 | 422;
  errors: FormError[];
}

export const CHANGED_MEANWHILE =
  'Somebody has changed this meanwhile. Nothing is saved: look at what is there now, and make your change again.';

/** Why a form was not taken, at its fields and in the language of the page. Anything else is thrown again. */
export function refusalOf(error: unknown, _: Translate): FormRefusal {
  const whole = (status: FormRefusal['status'], text: string) => ({
    status,
    errors: [{ field: 'main-content', text }],
  });
  if (error instanceof NotAcceptable)
    return {
      status: 422,
      errors: error.fields.map(({ field, words, values }) => ({ field, text: _(words, values) })),
    };
  if (error instanceof StandsInTheWay) return whole(409, _(error.words, error.values));
  if (error instanceof Stale) return whole(409, _(CHANGED_MEANWHILE));
  if (error instanceof NotTheirs) return whole(403, _(error.message));
  throw error;
}

/** Errors as templates read them. */
export const said = (errors: readonly FormError[] = []) => ({
  errors,
  errorOf: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
});

export type Submitted = Record<string, string | string[] | undefined>;

export const textIn = (submitted: Submitted, name: string): string => {
  const value = submitted[name];
  return typeof value === 'string' ? value.trim() : '';
};

export const listIn = (submitted: Submitted, name: string): string[] => [submitted[name] ?? []].flat();
