import type { CalendarHistory, CalendarVersion, WorkingCalendar, WindowTimes } from '../calendar/calendar.js';
import type { ClockSignal } from './clock.js';

/** A calendar as the vectors write it (sla.md section 3). */
export interface VectorCalendar {
  timezone: string;
  weekly_hours: WorkingCalendar['weeklyHours'];
  holidays?: string[];
  annual_holidays?: string[];
  special_hours?: Record<string, WindowTimes[]>;
  closures?: [from: string, to: string][];
}

export type VectorEvent = { at: string } & (
  | { type: 'pause' | 'resume'; reason?: string; owner?: string }
  | { type: 'close' | 'reopen' | 'stop' }
  | { type: 'retarget'; duration_seconds: number }
  | { type: 'holiday_added' | 'holiday_removed'; date: string }
  | { type: 'calendar_changed'; calendar: VectorCalendar }
);

/** The events recorded up to an instant in order of time, then `seq`; what follows a stop is left out until a reopen. */
export function eventsInForce(events: readonly VectorEvent[], until: number): VectorEvent[] {
  let stopped = false;
  return events
    .filter(({ at }) => Date.parse(at) <= until)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .filter(({ type }) => {
      const counts = !stopped || type === 'reopen';
      stopped = counts ? type === 'stop' : stopped;
      return counts;
    });
}

/** The calendar versions that a calendar and its changes make (sla.md 2.2 rule 6b, 2.6). */
export function toHistory(calendar: VectorCalendar, events: readonly VectorEvent[]): CalendarHistory {
  const history: CalendarVersion[] = [{ from: -Infinity, calendar: toCalendar(calendar, 1) }];
  for (const event of events) {
    const latest = history[history.length - 1] as CalendarVersion;
    const changed = change(latest.calendar, event);
    if (changed) history.push({ from: Date.parse(event.at), calendar: changed });
  }
  return history;
}

function change(calendar: WorkingCalendar, event: VectorEvent): WorkingCalendar | null {
  const version = calendar.version + 1;
  if (event.type === 'calendar_changed') return toCalendar(event.calendar, version);
  if (event.type === 'holiday_added') return { ...calendar, version, holidays: [...calendar.holidays, event.date] };
  if (event.type !== 'holiday_removed') return null;
  return { ...calendar, version, holidays: calendar.holidays.filter((date) => date !== event.date) };
}

function toCalendar(calendar: VectorCalendar, version: number): WorkingCalendar {
  return {
    id: 'vector',
    version,
    timezone: calendar.timezone,
    weeklyHours: calendar.weekly_hours,
    holidays: calendar.holidays ?? [],
    annualHolidays: calendar.annual_holidays ?? [],
    specialHours: calendar.special_hours ?? {},
    closures: calendar.closures ?? [],
  };
}

/** What the events say to the clock itself. */
export function toSignals(events: readonly VectorEvent[]): ClockSignal[] {
  return events.flatMap((event) => toSignal(event) ?? []);
}

function toSignal(event: VectorEvent): ClockSignal | null {
  const at = Date.parse(event.at);
  switch (event.type) {
    case 'pause':
    case 'resume':
      return { at, type: event.type, reason: event.reason, owner: event.owner };
    case 'stop':
    case 'reopen':
      return { at, type: event.type };
    case 'close':
      return { at, type: 'end', cause: 'closed' };
    case 'retarget':
      return { at, type: 'retarget', targetMs: event.duration_seconds * 1000 };
    case 'holiday_added':
    case 'holiday_removed':
    case 'calendar_changed':
      return null;
  }
}
