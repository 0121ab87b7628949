import { createHash } from 'node:crypto';
import ICAL from 'ical.js';
import { formatInstant } from '#libs/i18n/dates.js';
import { translator } from '#libs/i18n/translator.js';
import { line } from '#libs/text/characters.js';
import { folded } from './fold.js';
import type { OwnDeadline } from './own-deadlines.js';

/** How a calendar reads, and where it leads. */
export interface FeedTerms {
  language: string;
  timezone: string;
  publicUrl: string;
}

/** How often calendars are asked to look again. */
const REFRESH = 'PT1H';

/** Deadlines as an iCalendar file (RFC 5545, 7986). The same deadlines make the same file, byte by byte. */
export function feedFile(deadlines: readonly OwnDeadline[], terms: FeedTerms): string {
  const title = translator(terms.language)('Deadlines on Action48');
  const file = new ICAL.Component(['vcalendar', [], []]);
  file.updatePropertyWithValue('prodid', '-//Action48//Own deadlines//EN');
  file.updatePropertyWithValue('version', '2.0');
  file.updatePropertyWithValue('calscale', 'GREGORIAN');
  file.updatePropertyWithValue('method', 'PUBLISH');
  file.updatePropertyWithValue('name', title);
  file.updatePropertyWithValue('x-wr-calname', title);
  const refresh = new ICAL.Property('refresh-interval');
  refresh.resetType('duration');
  refresh.setValue(ICAL.Duration.fromString(REFRESH));
  file.addProperty(refresh);
  file.updatePropertyWithValue('x-published-ttl', REFRESH);
  for (const deadline of deadlines) file.addSubcomponent(eventOf(deadline, terms));
  return folded(`${file.toString()}\r\n`);
}

function eventOf(deadline: OwnDeadline, { language, timezone, publicUrl }: FeedTerms): ICAL.Component {
  const _ = translator(language);
  const { reference, stateName, dueAt, over } = deadline;
  const event = new ICAL.Component('vevent');
  const due = formatInstant(dueAt.getTime(), language, timezone, _('Geneva'));
  const link = new URL(`/cases/${reference}`, publicUrl).href;
  const state = stateName === null ? [] : [`${_('State')}${_(':')} ${line(stateName)}`];
  event.updatePropertyWithValue('uid', `${idOf(deadline)}@${new URL(publicUrl).hostname}`);
  event.updatePropertyWithValue('dtstamp', utc(deadline.touchedAt));
  event.updatePropertyWithValue('last-modified', utc(deadline.touchedAt));
  event.updatePropertyWithValue('sequence', deadline.version);
  event.updatePropertyWithValue('dtstart', utc(dueAt));
  const summary = new ICAL.Property('summary');
  summary.setParameter('language', language);
  summary.setValue(`${reference}${_(':')} ${line(_(deadline.title))}`);
  event.addProperty(summary);
  event.updatePropertyWithValue('description', [`${_('Due')}${_(':')} ${due}`, ...state, link].join('\n'));
  event.updatePropertyWithValue('url', link);
  event.updatePropertyWithValue('status', over ? 'CANCELLED' : 'CONFIRMED');
  event.updatePropertyWithValue('transp', 'TRANSPARENT');
  event.updatePropertyWithValue('class', 'CONFIDENTIAL');
  return event;
}

/** The same for one cycle of one clock for ever, and tells nobody what it is about. */
const idOf = ({ caseId, clock, subject, cycle }: OwnDeadline): string =>
  createHash('sha256').update([caseId, clock, subject, cycle].join('|')).digest('hex').slice(0, 32);

const utc = (at: Date): ICAL.Time => ICAL.Time.fromJSDate(at, true);
