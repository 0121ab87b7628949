import { LANGUAGES } from '#libs/domain/case/request-form.js';
import { choices } from '../cases/forms/field.js';
import type { Choice, Field } from '../cases/forms/field.js';

/** A question of the request form, named by its path in the request, e.g. `focalPoint.email`. */
export type FormField = Field & { autocomplete?: string; type?: 'email' | 'tel' };

/** A page of the form. */
export interface Section {
  id: string;
  title: string;
  intro?: string;
  fields: readonly FormField[];
}

export const text = (name: string, label: string, more: Partial<FormField> = {}): FormField =>
  ({ kind: 'text', name, label, ...more }) as FormField;

export const date = (name: string, label: string, more: Partial<FormField> = {}): FormField =>
  ({ kind: 'date', name, label, ...more }) as FormField;

export const prose = (name: string, label: string, more: Partial<FormField> & { rows?: number } = {}): FormField =>
  ({ kind: 'words', name, label, ...more }) as FormField;

export const lines = (name: string, label: string, more: Partial<FormField> = {}): FormField =>
  ({ kind: 'lines', name, label, ...more }) as FormField;

export const one = (
  name: string,
  label: string,
  codes: readonly string[] | Choice[],
  more: Partial<FormField> = {},
): FormField => ({ kind: 'one', name, label, choices: asChoices(codes), ...more });

export const several = (
  name: string,
  label: string,
  codes: readonly string[] | Choice[],
  more: Partial<FormField> = {},
): FormField => ({ kind: 'several', name, label, choices: asChoices(codes), ...more });

const asChoices = (codes: readonly (string | Choice)[]): Choice[] =>
  codes.flatMap((code) => (typeof code === 'string' ? choices([code]) : [code]));

const NAMES: Record<string, string> = {
  ar: 'العربية',
  zh: '中文',
  en: 'English',
  fr: 'Français',
  ru: 'Русский',
  es: 'Español',
  pt: 'Português',
};

/** Languages, each in its own name: never translated. */
export const LANGUAGE_CHOICES: Choice[] = LANGUAGES.map((value) => ({
  value,
  text: NAMES[value] ?? value,
  given: true,
}));
