import data from './data/geneva.json' with { type: 'json' };

import type { WorkingCalendar } from './calendar.js';

/**
 * The working calendar of the canton of Geneva, where the ISU is hosted. Its holidays 2025-2030 are data: Good Friday,
 * Easter Monday, Ascension, Whit Monday, Jeûne genevois; the fixed ones recur every year.
 */
export const GENEVA = data as unknown as WorkingCalendar;
