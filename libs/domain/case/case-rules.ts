import { DELIVERED_CALENDARS } from '../calendar/calendar-book.js';
import type { CalendarBook } from '../calendar/calendar-book.js';
import { DELIVERED_POLICY } from './policy-book.js';
import type { PolicyBook } from './policy-book.js';

/** What clocks are computed by, besides the log: every version of the policy and of the calendars. */
export interface CaseRules {
  policies: PolicyBook;
  calendars: CalendarBook;
  /** After so many reminders that nobody answered the next contact is written to; absent: as the program comes. */
  silentReminders?: number;
}

/** The rules as the program brings them. */
export const DELIVERED_RULES: CaseRules = { policies: [DELIVERED_POLICY], calendars: DELIVERED_CALENDARS };
