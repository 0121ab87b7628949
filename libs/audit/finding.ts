/** What a verification found wrong: where, and in words. */
export interface Finding {
  check: Check;
  /** A reference, the number of a checkpoint, or a row of another log. */
  where: string;
  /** A sentence of `FOUND`, with values for its places. */
  what: string;
  values: Record<string, string | number>;
}

export type Check = 'chain' | 'projection' | 'command' | 'text' | 'mail' | 'admin' | 'checkpoint';

/** Every sentence that a finding can say; pages have them in all languages. */
export const FOUND = {
  chainBreaks: 'The hash chain breaks at version {version}.',
  eventsMissing: 'The case is at version {row}, its log ends at {log}.',
  noCase: 'There are events of a case that does not exist.',
  fieldApart: 'The field {field} is not what the log says.',
  participantsApart: 'The list of participants is not what the log says.',
  breachesApart: 'The ledger of missed deadlines is not what the log says.',
  commandWithoutEvent: 'A step of {verb} points to version {version}, which does not exist.',
  eventWithoutCommand: 'Nobody’s step led to the event of version {version}.',
  formChanged: 'The request is not the one that was opened.',
  textMissing: 'A text that the event of version {version} names is not there.',
  textChanged: 'A text of version {version} is not the one that was written.',
  textWithoutEvent: 'There is a text that no event names.',
  mailWithoutEvent: 'A mail is about version {version}, which does not exist.',
  adminBreaks: 'The hash chain breaks at row {version}.',
  badNote: 'This is not a signed checkpoint.',
  badSignature: 'None of the keys has signed it.',
  wrongNumber: 'It calls itself {number}.',
  notChained: 'It does not follow the checkpoint before.',
  missingNote: 'The checkpoint is missing.',
  timeBack: 'It is dated earlier than the checkpoint before.',
  badRoot: 'Its leaves do not give the root that was signed.',
  otherNote: 'The database has another text for it.',
  notInDatabase: 'The database does not have it: was an older dump restored?',
  cut: 'Checkpoint {number} has seen version {version}; the log ends before it.',
  rehashed: 'Checkpoint {number} has seen another event as version {version}.',
  rowsApart: 'The rows up to {last} are not those that checkpoint {number} has seen.',
} as const;

export const found = (
  check: Check,
  where: string,
  what: keyof typeof FOUND,
  values: Finding['values'] = {},
): Finding => ({ check, where, what: FOUND[what], values });

/** A finding in English, for terminals and logs. */
export const sentenceOf = ({ where, what, values }: Finding): string =>
  `${where}: ${what.replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''))}`;
