import type { RequestDraft } from '#libs/database/entities/request-draft.entity.js';
import type { Choice } from '../cases/forms/field.js';
import type { Answers } from './answers.js';
import type { SectionStatus } from './check.js';
import type { FormField, Section } from './form-field.js';
import { DECLARATION, sectionOf, SECTIONS } from './sections.js';

interface FormError {
  field: string;
  text: string;
}

/** An id that a link in the error summary can point to. */
export const idOf = (name: string): string => name.replaceAll('.', '-');

/** Fields in the shape that the form macros read. */
function fieldModels(fields: readonly FormField[], answers: Answers, errors: readonly FormError[]) {
  return fields.map((field) => {
    const given = answers[field.name];
    const list = 'choices' in field && Array.isArray(field.choices) ? field.choices : [];
    return {
      ...field,
      list,
      values: given === undefined ? [] : [given].flat(),
      value: Array.isArray(given) ? given.join('\n') : (given ?? ''),
      lines: [],
      submitted: answers,
      error: errors.find((one) => one.field === field.name)?.text ?? null,
    };
  });
}

const linked = (errors: readonly FormError[]) => errors.map(({ field, text }) => ({ field: idOf(field), text }));

const STATUS = {
  completed: { text: 'Completed' },
  in_progress: { text: 'In progress', tag: 'govuk-tag--light-blue' },
  not_started: { text: 'Not yet started', tag: 'govuk-tag--blue' },
  blocked: { text: 'Cannot start yet', blocked: true },
};

/** The list of tasks, the last of which can only be started when all others are done. */
export function tasksModel(draft: RequestDraft, statuses: readonly SectionStatus[]) {
  const path = `/requests/drafts/${draft.id}`;
  const done = statuses.filter((status) => status === 'completed').length;
  const complete = done === SECTIONS.length;
  const tasks: { title: string; href: string | null; status: { text: string; tag?: string; blocked?: boolean } }[] =
    SECTIONS.map(({ id, title }, index) => ({
      title,
      href: `${path}/${id}`,
      status: STATUS[statuses[index] ?? 'not_started'],
    }));
  tasks.push({
    title: 'Check your answers and send',
    href: complete ? `${path}/check` : null,
    status: complete ? STATUS.not_started : STATUS.blocked,
  });
  return { title: 'Your request', draft, tasks, done, total: SECTIONS.length };
}

export const sectionModel = (
  draft: RequestDraft,
  section: Section,
  answers: Answers,
  errors: readonly FormError[],
) => ({
  title: section.title,
  draft,
  section,
  fields: fieldModels(section.fields, answers, errors),
  errors: linked(errors),
});

/** Every answer with a link to change it, and the declaration. */
export const checkModel = (draft: { id: string; answers: object }, errors: readonly FormError[]) => {
  const answers = draft.answers as Answers;
  return {
    title: 'Check your answers',
    draft,
    sections: SECTIONS.map(({ id, title, fields }) => ({
      id,
      title,
      rows: fields.map((field) => ({ label: field.label, answer: shown(field, answers), field: idOf(field.name) })),
    })),
    declaration: fieldModels(DECLARATION, answers, errors),
    errors: errors.map(({ field, text }) => {
      const section = sectionOf(field);
      const page = section ? `/requests/drafts/${draft.id}/${section.id}` : '';
      return { field: idOf(field), text, href: `${page}#${idOf(field)}` };
    }),
  };
};

interface Answered {
  text: string;
  /** Ours to translate; everything else is the State's own words. */
  ours?: boolean;
  date?: boolean;
}

function shown(field: FormField, answers: Answers): Answered[] {
  if (field.kind === 'date') {
    const [day = '', month = '', year = ''] = ['day', 'month', 'year'].map((part) =>
      String(answers[`${field.name}-${part}`] ?? ''),
    );
    const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    if (!day && !month && !year) return [];
    return [Number.isNaN(Date.parse(text)) ? { text: [day, month, year].join(' ') } : { text, date: true }];
  }
  const given = [answers[field.name] ?? []].flat().filter(Boolean);
  return given.flatMap((value) => {
    const choice = choicesOf(field).find((one) => one.value === value);
    return choice ? [{ text: choice.text, ours: !choice.given }] : value.split('\n').map((text) => ({ text }));
  });
}

const choicesOf = (field: FormField): readonly Choice[] =>
  'choices' in field && typeof field.choices !== 'function' ? field.choices : [];
