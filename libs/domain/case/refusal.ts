export type RefusalCode =
  | 'not_permitted'
  | 'not_in_this_stage'
  | 'not_in_this_side_state'
  | 'case_ended'
  | 'not_possible_now'
  | 'outside_consent'
  | 'unknown_subject'
  | 'invalid_particulars';

/** The rules said no: why, and which verbs this person may use instead. */
export class Refusal extends Error {
  override name = 'Refusal';

  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly allowed: readonly string[] = [],
  ) {
    super(message);
  }
}
