// Who is right where two computations disagree: every minute is asked for the time on the wall. Slow, and good only for windows
// that begin and end when no clock is changed.
const WEEK = { Mon: 'mon', Tue: 'tue', Wed: 'wed', Thu: 'thu', Fri: 'fri', Sat: 'sat', Sun: 'sun' };
const formats = new Map();

function formatOf(timeZone) {
  const options = { timeZone, hourCycle: 'h23', weekday: 'short', hour: '2-digit', minute: '2-digit' };
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', options);
  formats.set(timeZone, format);
  return format;
}

/** Whether exactly `ms` open milliseconds (whole minutes) lie between two instants, and the last minute is one of them. */
export function confirms({ calendar, from, ms }, due) {
  let open = 0;
  for (let at = from; at < due; at += 60_000) open += Number(isOpen(calendar, at));
  return open * 60_000 === ms && isOpen(calendar, due - 60_000);
}

function isOpen({ timezone, weeklyHours }, at) {
  const part = Object.fromEntries(
    formatOf(timezone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const time = `${part.hour}:${part.minute}`;
  return weeklyHours[WEEK[part.weekday]].some(([open, close]) => open <= time && time < close);
}
