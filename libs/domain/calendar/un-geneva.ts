import type { WorkingCalendar } from './calendar.js';
import { GENEVA } from './geneva.js';

/**
 * The calendar of the United Nations Office at Geneva, as far as a rule gives its holidays. Both Eids, and days that the
 * Director-General exchanges (as announced for 2025), are entered or imported each year as a new version.
 */
export const UN_GENEVA: WorkingCalendar = { ...GENEVA, id: 'un-geneva', annualHolidays: ['01-01', '12-25'] };
