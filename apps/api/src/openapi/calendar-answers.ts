import type { CalendarHead } from '../calendars/calendars.controller.js';
import type { ShelfVersion } from '#libs/rule-book/calendar-shelf.js';
import type { WorkingCalendar } from '#libs/domain/calendar/calendar.js';
import { instant, list, orNull, ref, shape, text, whole } from './schema.js';
import type { Schema } from './schema.js';

const windows = list({ type: 'array', items: text, minItems: 2, maxItems: 2 });
const windowsBy: Schema = { type: 'object', additionalProperties: windows };

const CONTENT = shape<WorkingCalendar>(
  {
    id: text,
    version: whole,
    timezone: text,
    weeklyHours: { ...windowsBy, description: 'By weekday: windows of two civil times' },
    holidays: list(text),
    annualHolidays: list(text),
    specialHours: { ...windowsBy, description: 'By date: these replace the windows of that day' },
    closures: { ...windows, description: 'Local civil spans in which nothing is open' },
    names: { type: 'object', additionalProperties: text },
  },
  ['closures', 'names'],
);

const HEAD = { id: text, title: text, timezone: text, version: whole };

/** What the routes of calendars answer. */
export const CALENDAR_ANSWERS: Record<string, Schema> = {
  WorkingCalendar: CONTENT,
  CalendarHead: shape<CalendarHead>(HEAD),
  CalendarHistory: shape<CalendarHead & { versions: unknown }>({
    ...HEAD,
    versions: list(
      shape<ShelfVersion>({
        version: whole,
        title: text,
        from: { ...orNull(instant), description: 'Null for what the program brings' },
        recordedAt: orNull(instant),
        author: orNull(text),
        reason: orNull(text),
        calendar: ref('WorkingCalendar'),
      }),
    ),
  }),
  CalendarPublished: shape<{ id: string; version: number }>({ id: text, version: whole }),
};
