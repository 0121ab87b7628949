/** Lists whose members pages never say, or say in words of their own, and what is no list. */
export const UNSAID = ['CHANNELS', 'LANGUAGES', 'PROFILE_FLAGS', 'MISSION_CITIES', 'SISTER_TREATIES', 'concernsLaw'];

/** What is wrong with a calendar's form, a file or a place. */
export const RULE_BOOK = [
  '../rule-book/read-calendar.ts',
  '../rule-book/spoken-problem.ts',
  '../rule-book/calendar-import.ts',
  '../../apps/api/src/calendars/days.pages.ts',
];

/** Sentences in code that reach pages by another way than those above. */
export const OTHERS = [
  'system/readiness.ts',
  'audit/audit-rights.ts',
  'queue/queue.pages.ts',
  'identity/rights.guard.ts',
  'identity/session.guard.ts',
  'requests/requests.pages.ts',
  'forecast/forecast.pages.ts',
  'what-if/what-if.pages.ts',
  'documents/upload.ts',
  '../../../libs/documents/documents.ts',
];
