import type { ClockExplanation, CountedDays } from '#libs/case-reading/clock-explanations.js';
import type { ClockMove } from '#libs/case-reading/clock-moves.js';
import type { ClockStepView } from '#libs/case-reading/clock-step-views.js';
import type { ClockView } from '#libs/case-reading/clock-views.js';
import type { Deed, LateStep } from '#libs/case-reading/late-steps.js';
import { STEP_KINDS, WHEN_DUE } from '#libs/domain/case/clock-policy.js';
import { day, instant, list, number, oneOf, orNull, ref, shape, text, truth, whole } from './schema.js';
import type { Schema } from './schema.js';

const described = (schema: Schema, description: string): Schema => ({ ...schema, description });
const CALENDAR = { id: text, version: whole, timezone: text };

const DAYS = list(
  shape<CountedDays>({
    firstDate: day,
    lastDate: day,
    hours: { type: 'string', description: 'On the civil clock of the calendar, e.g. 09:00–17:00' },
    days: whole,
    openSeconds: number,
    calendar: ref('CalendarVersion'),
  }),
);

const MOVE = shape<ClockMove>({
  at: instant,
  kind: oneOf(['started', 'paused', 'resumed', 'retargeted', 'policy', 'calendar', 'stopped', 'ended']),
  version: described(orNull(whole), 'Of the event of the timeline behind it; null for a version of the calendar'),
  event: orNull(text),
  actor: orNull(ref('Person')),
  pause: described(orNull(text), 'Why it was paused, or what ended'),
  reason: described(orNull(text), 'In the words of whoever did it'),
  targetSeconds: described(orNull(number), 'Open seconds promised from then on'),
  policyVersion: orNull(whole),
  calendar: orNull(shape<NonNullable<ClockMove['calendar']>>({ ...CALENDAR, isOther: truth })),
  dueAt: described(orNull(instant), 'The deadline right after it; null while there is none'),
});

const STEP = shape<ClockStepView>({
  id: text,
  kind: oneOf([...STEP_KINDS, ...WHEN_DUE]),
  at: instant,
  percent: orNull(number),
  level: orNull(whole),
  to: list(text),
  recordedAt: described(orNull(instant), 'Null while it is still to come'),
  mails: list(
    shape<ClockStepView['mails'][number]>({ to: orNull(text), dueAt: instant, sentAt: orNull(instant), state: text }),
  ),
});

const DEED = shape<Deed>({
  version: whole,
  type: text,
  at: instant,
  recordedAt: instant,
  actor: orNull(ref('Person')),
});

const LATE_STEP = shape<LateStep>({
  clock: text,
  title: text,
  subject: text,
  subjectName: orNull(text),
  cycle: whole,
  epoch: described(whole, 'Which target of the cycle was missed; 1 is its first'),
  cause: oneOf(['deadline', 'retarget']),
  dueAt: orNull(instant),
  breachedAt: instant,
  recordedAt: instant,
  lagSeconds: described(number, 'From the breach until it was recorded'),
  status: oneOf(['standing', 'excused', 'rescinded']),
  late: shape<LateStep['late']>({ openSeconds: number, wallSeconds: number, stoppedAt: orNull(instant) }),
  excused: orNull(shape<NonNullable<LateStep['excused']>>({ by: ref('Deed'), reason: orNull(text) })),
  rescinded: orNull(shape<NonNullable<LateStep['rescinded']>>({ at: instant, proof: orNull(ref('Deed')) })),
});

/** What the explanation of a deadline is made of, each by its name in the contract. */
export const EXPLANATION_PARTS: Record<string, Schema> = {
  ClockMove: MOVE,
  ClockStep: STEP,
  Deed: DEED,
  LateStep: LATE_STEP,
};

/** What an explanation says besides the clock itself. */
export const EXPLANATION = shape<Omit<ClockExplanation, keyof ClockView>>({
  asOf: instant,
  carriedSeconds: number,
  elapsedSeconds: number,
  counted: described(DAYS, 'What counted up to the deadline'),
  overrun: described(
    orNull(
      shape<NonNullable<ClockExplanation['overrun']>>({ openSeconds: number, wallSeconds: number, counted: DAYS }),
    ),
    'Time after the deadline: open time, and by the clock on the wall; null when it is not late',
  ),
  ahead: described(DAYS, 'What will count until the deadline, if nothing more happens'),
  pauses: list(
    shape<ClockExplanation['pauses'][number]>({
      from: instant,
      to: orNull(instant),
      reasons: list(text),
      openSeconds: number,
    }),
  ),
  retargets: list(shape<ClockExplanation['retargets'][number]>({ at: instant, targetSeconds: number })),
  moves: described(list(ref('ClockMove')), 'How the date moved, oldest first'),
  steps: described(list(ref('ClockStep')), 'Warnings, reminders and escalations that the reader hears of'),
  lateSteps: list(ref('LateStep')),
  elsewhere: described(
    list(shape<ClockExplanation['elsewhere'][number]>({ timezone: text, local: text })),
    'The deadline on the clocks of Geneva, the State’s capital, the reader’s own zone and UTC',
  ),
  calendar: shape<ClockExplanation['calendar']>({ ...CALENDAR, tzdb: text }),
  calendars: described(list(ref('CalendarVersion')), 'Every version that counted, in order of use'),
  policy: text,
  policyVersion: whole,
  lines: list(shape<ClockExplanation['lines'][number]>({ section: text, text })),
});
