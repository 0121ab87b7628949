import type { NamedAnnouncement, NamedClock, NamedEffects } from '#libs/case-reading/announcements.js';
import type { ClockView } from '#libs/case-reading/clock-views.js';

/** A clock in a sentence: its title, and whom it is about. */
export interface ClockLabel {
  title: string;
  name: string | null;
  dueAt: string | null;
  /** It has passed its deadline: stopping it does not undo that. */
  late: boolean;
}

/** What a page says of a step before it is taken. */
export interface Said extends Record<keyof NamedEffects, ClockLabel[]> {
  /** What it stops besides, only if it is chosen in the form. */
  ifChosen: ClockLabel[];
  /** No clock stops or ends, whatever is chosen. */
  nothing: boolean;
}

/** A viewer's own words for clocks, by name. */
export type Titles = Readonly<Record<string, string>>;

/** What a step does to the clocks, as a page says it; null where nothing is known of it. */
export function saidOf(
  announcement: NamedAnnouncement | undefined,
  clocks: readonly ClockView[],
  titles: Titles = {},
): Said | null {
  if (!announcement) return null;
  const { always, choices } = announcement;
  const label = labelled(clocks, titles);
  const ifChosen = choices.flatMap(({ effects }) => effects.stops).map(label);
  const finishing = [always, ...choices.map(({ effects }) => effects)].flatMap(({ stops, ends }) => [
    ...stops,
    ...ends,
  ]);
  return { ...labels(always, label), ifChosen, nothing: finishing.length === 0 };
}

/** What one choice of a form adds to that; null when it adds nothing. */
export function saidOfChoice(
  announcement: NamedAnnouncement | undefined,
  field: string,
  value: string,
  clocks: readonly ClockView[],
): Record<keyof NamedEffects, ClockLabel[]> | null {
  const choice = announcement?.choices.find((one) => one.field === field && one.value === value);
  if (!choice || !(choice.effects.stops.length + choice.effects.ends.length)) return null;
  return labels(choice.effects, labelled(clocks, {}));
}

const labels = ({ stops, ends, pauses, resumes, starts }: NamedEffects, label: (clock: NamedClock) => ClockLabel) => ({
  stops: stops.map(label),
  ends: ends.map(label),
  pauses: pauses.map(label),
  resumes: resumes.map(label),
  starts: starts.map(label),
});

const labelled =
  (clocks: readonly ClockView[], titles: Titles) =>
  ({ name, title, subject, subjectName, dueAt }: NamedClock): ClockLabel => ({
    title: titles[name] ?? title,
    name: subjectName,
    dueAt,
    late: clocks.some(
      (clock) =>
        clock.name === name &&
        (clock.subject ?? '') === subject &&
        clock.stoppedAt === null &&
        clock.breachedAt !== null,
    ),
  });
