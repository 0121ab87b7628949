import type { CaseView } from '#libs/case-reading/case-view.js';
import type { AnswerChannel, DeclineReason } from '#libs/domain/case/answers.js';
import type { TimelineEntry } from '#libs/case-reading/timeline.js';
import { contactWords } from './contacts-model.js';
import { DECLINE_WORDS } from './decline-words.js';
import { CHANNELS, ESCALATED, TITLES, TO_OUTSIDE, WORD_LABELS } from './event-titles.js';
import { cycleId } from './explanation-model.js';
import { actedBy, ICONS, labelOf } from './timeline-kinds.js';
import type { Kind, Viewer } from './timeline-kinds.js';

export interface EntryView {
  type: string;
  at: string;
  kind: Kind;
  icon: string;
  /** Who acted, from the viewer's side. */
  label: string;
  title: string;
  /** The clock that it is about. */
  clock: string | null;
  /** Where the page of that clock explains its cycle: `acknowledge#cycle-1`; null where it has nothing to explain. */
  explained: string | null;
  /** The version of the policy that the case goes by from here. */
  policyVersion: number | null;
  /** Until when the lead may read what is restricted. */
  until: string | null;
  /** Civil date by which a responder will answer. */
  answersBy: string | null;
  /** Why a responder has declined, in one of a few words of ours. */
  why: string | null;
  /** How an answer came, where nobody was signed in. */
  channel: string | null;
  /** The contact that could not be reached, and why. */
  contact: { title: string; because: string } | null;
  /** Organisations, milestones or other names that it is about. */
  names: string[];
  words: { label: string | null; text: string }[];
  actor: TimelineEntry['actor'];
}

/** A case's timeline in words, newest first; what happened at one moment to several responders is one entry that names them. */
export function timelineView(entries: readonly TimelineEntry[], view: CaseView, viewer: Viewer): EntryView[] {
  const shown: EntryView[] = [];
  const owners = new Set([view.owner?.id, ...entries.map(({ facts }) => facts['ownerId'])]);
  for (const entry of [...entries].reverse()) {
    const next = entryView(entry, view, viewer, owners);
    const last = shown.at(-1);
    if (last && entry.actor === null && sameMoment(last, next)) last.names = [...next.names, ...last.names];
    else shown.push(next);
  }
  return shown;
}

const sameMoment = (a: EntryView, b: EntryView): boolean =>
  a.at === b.at && a.title === b.title && a.clock === b.clock && a.actor === null;

function entryView(entry: TimelineEntry, view: CaseView, viewer: Viewer, owners: ReadonlySet<unknown>): EntryView {
  const { type, at, actor, facts, internal } = entry;
  const side = actedBy(entry, owners);
  const kind = internal && actor ? 'note' : side ? 'in' : TO_OUTSIDE.includes(type) ? 'mail' : 'system';
  const words = Object.entries(entry.words).flatMap(([field, said]) =>
    [said]
      .flat()
      .filter(Boolean)
      .map((text) => ({ label: WORD_LABELS[field] ?? null, text })),
  );
  return {
    type,
    at,
    kind,
    icon: ICONS[kind],
    label: labelOf(type, kind, viewer, side),
    title: type === 'clock_escalated' ? (ESCALATED[Number(facts['level'])] ?? TITLES[type]) : TITLES[type],
    clock: view.clocks.find(({ name }) => name === facts['clock'])?.title ?? null,
    explained: explainedAt(facts, view),
    policyVersion: type === 'policy_applied' ? Number(facts['version']) : null,
    until: type === 'glass_broken' ? String(facts['until']) : null,
    answersBy: type === 'time_asked' ? String(facts['until']) : null,
    why: DECLINE_WORDS[facts['why'] as DeclineReason] ?? null,
    channel: CHANNELS[facts['by'] as AnswerChannel] ?? null,
    contact: contactWords(facts),
    names: namesOf(facts, view),
    words: words.length > 1 ? words : words.map(({ text }) => ({ label: null, text })),
    actor,
  };
}

/** Steps of clocks lead to why the clock was due then. */
function explainedAt({ clock, subject = '', cycle }: Record<string, unknown>, { clocks }: CaseView): string | null {
  const found = clocks.find((one) => one.name === clock && (one.subject ?? '') === subject && one.cycle === cycle);
  return found ? `${found.name}#${cycleId(found)}` : null;
}

/** Whom or what an entry is about, as far as the viewer may know. */
function namesOf(facts: Record<string, unknown>, { clocks, invitations, offers }: CaseView): string[] {
  const organisation = (id: unknown) =>
    [...invitations, ...offers].find((one) => one.organisation.id === id)?.organisation.name;
  if (typeof facts['clock'] === 'string') {
    const clock = clocks.find(({ name, subject = '' }) => name === facts['clock'] && subject === facts['subject']);
    return clock?.subjectName ? [clock.subjectName] : [];
  }
  const ids = Array.isArray(facts['organisations']) ? facts['organisations'] : [facts['organisationId']];
  return ids.flatMap((id) => organisation(id) ?? []);
}
