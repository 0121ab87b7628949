import type { Field } from './field.js';

type Submitted = Record<string, string | string[] | undefined>;

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? '') : (value ?? ''));
const many = (value: string | string[] | undefined): string[] => (Array.isArray(value) ? value : value ? [value] : []);

/** How many milestones a plan form offers room for. */
export const MILESTONE_ROWS = 5;

/** Turns what a browser sends into the body of a command: the same shape that programs send. Empty optional answers are left out. */
export function bodyOf(fields: readonly Field[], submitted: Submitted): Record<string, unknown> {
  const answers = fields.flatMap((field) => {
    const value = valueOf(field, submitted);
    const empty = value === '' || (Array.isArray(value) && !value.length);
    return empty && field.optional ? [] : [[field.name, value] as const];
  });
  return split(Object.fromEntries(answers));
}

function valueOf(field: Field, submitted: Submitted): unknown {
  const { name } = field;
  switch (field.kind) {
    case 'text':
    case 'words':
    case 'one':
      return one(submitted[name]).trim();
    case 'date':
      return dateOf(submitted, name);
    case 'lines':
      // One answer to each question: it keeps its place and its own line breaks, so that a blank one is refused by name.
      if (field.of) return many(submitted[name]).map((text) => text.trim());
      return many(submitted[name])
        .flatMap((text) => text.split('\n'))
        .map((line) => line.trim())
        .filter(Boolean);
    case 'several':
      return name === 'milestones' ? many(submitted[name]).map((id) => ({ id, done: true })) : many(submitted[name]);
    case 'audience':
      return one(submitted[name]) === 'all_matching' ? 'all_matching' : many(submitted[`${name}-organisations`]);
    case 'milestones':
      return milestonesOf(submitted);
  }
}

/** Day, month and year as typed, to YYYY-MM-DD; what is not a number stays to be refused by name. */
export function dateOf(submitted: Submitted, name: string): string {
  const [year, month, day] = ['year', 'month', 'day'].map((part) => one(submitted[`${name}-${part}`]).trim());
  if (!year && !month && !day) return '';
  return `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
}

function milestonesOf(submitted: Submitted): { title: string; dueOn: string; responsible: string }[] {
  return Array.from({ length: MILESTONE_ROWS }, (_, index) => ({
    title: one(submitted[`title-${index}`]).trim(),
    dueOn: dateOf(submitted, `dueOn-${index}`),
    responsible: one(submitted[`responsible-${index}`]).trim(),
  })).filter(({ title, dueOn, responsible }) => title || dueOn || responsible);
}

/** A late clock is one choice for people and three fields for programs. */
function split(body: Record<string, unknown>): Record<string, unknown> {
  if (typeof body['breach'] !== 'string') return body;
  const { breach, ...rest } = body;
  const [clock, subject, cycle] = breach.split('|');
  return { ...rest, clock, ...(subject && { subject }), cycle: Number(cycle) };
}
