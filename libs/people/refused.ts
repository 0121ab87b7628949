/** Somebody else has changed it since it was read. */
export class Stale extends Error {
  override name = 'Stale';
  constructor() {
    super('It has been changed since you read it. Read it again, and make your change again.');
  }
}

/** There is no such person or organisation, as far as the one who asks may know. */
export class Unknown extends Error {
  override name = 'Unknown';
}

/** Known, but not theirs to do. */
export class NotTheirs extends Error {
  override name = 'NotTheirs';
}

export interface FieldRefusal {
  field: string;
  /** In English; `{…}` are values. */
  words: string;
  values?: Record<string, string | number>;
}

/** What was asked is not possible as it is; each field says why. */
export class NotAcceptable extends Error {
  override name = 'NotAcceptable';
  constructor(readonly fields: readonly FieldRefusal[]) {
    super(fields.map(({ field, words, values }) => `${field}: ${filled(words, values)}`).join(' · '));
  }
}

/** One thing that stands in the way of an act that would be allowed otherwise. */
export class StandsInTheWay extends Error {
  override name = 'StandsInTheWay';
  constructor(
    readonly code: string,
    readonly words: string,
    readonly values: Record<string, string | number> = {},
    readonly more: Record<string, unknown> = {},
  ) {
    super(filled(words, values));
  }
}

export const filled = (words: string, values: Record<string, string | number> = {}): string =>
  words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
