import type { Choice } from './field.js';

/** What each priority means, where one is chosen. */
export const PRIORITY: Choice[] = [
  { value: 'P1', text: 'P1: a statutory date, a scheduled bill or a meeting is near' },
  { value: 'P2', text: 'P2: usual' },
  { value: 'P3', text: 'P3: no date presses' },
];
