import type { CaseView } from '#libs/case-reading/case-view.js';
import type { LeftBecause, Rung } from '#libs/domain/case/contact-ladder.js';

/** What each contact of a side is called. */
const RUNG_WORDS: Record<Rung, string> = {
  focal_point: 'Focal point',
  alternate: 'Alternate contact',
  mission: 'Mission',
  responders: 'Whoever answers for the organisation',
  others: 'Others of the organisation',
};

/** Why a contact is left, after its name. */
const BECAUSE_WORDS: Record<LeftBecause, string> = {
  refused: 'the address refuses mail',
  bounced: 'a mail came back',
  silent: 'reminders went unanswered',
  nobody: 'there is nobody',
};

const STATUS_WORDS = { written_to: 'written to now', left: 'not reached', next: 'next, if need be' } as const;

/** Who can be reached, side by side; null for whoever is not told. */
export const contactsModel = ({ contacts }: CaseView) =>
  contacts?.map((side) => ({
    ...side,
    contacts: side.contacts.map((one) => ({
      ...one,
      title: RUNG_WORDS[one.rung],
      statusWords: STATUS_WORDS[one.status],
      becauseWords: one.because && BECAUSE_WORDS[one.because],
    })),
  })) ?? null;

/** The contact of an event that left it, and why, in words; null for other events. */
export function contactWords({ rung, because }: Record<string, unknown>): { title: string; because: string } | null {
  const [title, why] = [RUNG_WORDS[rung as Rung], BECAUSE_WORDS[because as LeftBecause]];
  return title && why ? { title, because: why } : null;
}

/** Every word of theirs, for the catalogues. */
export const CONTACT_WORDS: readonly string[] = [RUNG_WORDS, BECAUSE_WORDS, STATUS_WORDS].flatMap((words) =>
  Object.values(words),
);
