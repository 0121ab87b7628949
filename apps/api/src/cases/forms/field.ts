import type { CaseView } from '#libs/case-reading/case-view.js';

export interface Choice {
  value: string;
  text: string;
  /** A name or somebody's words: never translated. */
  given?: boolean;
  hint?: string;
}

/** What a form can offer to choose from, besides what the case itself holds. */
export interface FormOptions {
  coordinators: Choice[];
  responders: Choice[];
}

type Choices = readonly Choice[] | ((view: CaseView, options: FormOptions) => Choice[]);

/** One question of a form. `name` is the field of the command's body. */
export type Field = { name: string; label: string; hint?: string; optional?: boolean } & (
  | { kind: 'text' | 'date' }
  | { kind: 'words'; rows?: number; value?: (view: CaseView) => string }
  /** One text a line; blank lines do not count. */
  | { kind: 'lines'; of?: (view: CaseView) => string[] }
  | { kind: 'one' | 'several'; choices: Choices; checked?: (view: CaseView) => string[] }
  | { kind: 'milestones' }
  | { kind: 'audience' }
);

/** A step of the case as a form: what the button says, what will happen, what is asked. */
export interface CommandForm {
  title: string;
  button: string;
  explains: string;
  fields: readonly Field[];
  /** Rare or hard to undo: shown as a plain link, never as a button. */
  rare?: boolean;
}

export const words = (name: string, label: string, more: Partial<Field> = {}): Field =>
  ({ kind: 'words', name, label, ...more }) as Field;

/** Codes as choices: `penal_sanctions` → "penal sanctions". */
export const choices = (codes: readonly string[]): Choice[] =>
  codes.map((value) => ({ value, text: value.replaceAll('_', ' ').replaceAll('-', ' ') }));
