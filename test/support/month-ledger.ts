import { DateTime } from 'luxon';
import type { Deployment } from './deployment.js';
import type { whyNot } from './mail-hours.js';
import type { Logged } from './scripted-smtp.js';

/** A mail as the ledger has it when the month is over. */
export interface LedgerRow {
  id: string;
  kind: string;
  recipient: string;
  state: string;
  delivery: 'reminder' | 'notice';
  class: string;
  reader: Parameters<typeof whyNot>[0];
  message_id: string;
  response: string | null;
  digest_id: string | null;
  /** Of a digest: the latest time (ISO 8601) at which what it gathered was to go. */
  sequence: string;
  /** Of its case; null for a digest. */
  reference: string | null;
  /** Of a digest: the cases that it speaks of, once for each thing that it says, and how many it only counts. */
  named: string[] | null;
  more: number | null;
  /** How often nobody knew whether it had arrived. */
  uncertain: number;
}

export const readLedger = (deployment: Deployment): Promise<LedgerRow[]> =>
  deployment.rows(
    `SELECT m.id, kind, recipient, m.state, delivery, class, reader, message_id, response, digest_id, sequence, c.reference,
       (SELECT array_agg(item ->> 'reference') FROM jsonb_array_elements(parameters -> 'items') item) AS named,
       (parameters ->> 'more')::int AS more,
       (SELECT count(*)::int FROM mail_event WHERE mail_id = m.id AND happening = 'unknown') AS uncertain
     FROM mail m LEFT JOIN assistance_case c ON c.id = m.case_id`,
  );

/** Ids of mails that a person has in the mailbox, as far as the server has said so. */
export const arrivedIn = (log: readonly Logged[]): Set<string> =>
  new Set(log.flatMap(({ key, answer }) => (answer === 250 ? [key] : [])));

const sorted = (references: readonly (string | null)[]): string => JSON.stringify([...references].sort());

/** What is wrong with the digests: a gathered mail has come in exactly one of them, and each says nothing else. */
export function wrongDigests(ledger: readonly LedgerRow[], log: readonly Logged[]): string[] {
  const [arrived, byId] = [arrivedIn(log), new Map(ledger.map((row) => [row.id, row]))];
  const gathered = ledger.filter(({ state }) => state === 'gathered');
  const lost = gathered.flatMap(({ id, digest_id, recipient }) => {
    const digest = byId.get(digest_id ?? '');
    if (log.some(({ key }) => key === id)) return [`${id} has come by itself, too`];
    if (digest?.recipient !== recipient) return [`${id} is in somebody else's digest`];
    return digest.state === 'sent' && arrived.has(digest.id) ? [] : [`${id} is in a digest that is ${digest.state}`];
  });
  const digests = ledger.filter(({ kind, state }) => kind === 'digest' && state === 'sent');
  const wrong = digests.flatMap(({ id, named, more }) => {
    const within = gathered.filter(({ digest_id }) => digest_id === id).map(({ reference }) => reference);
    if (more) return named?.length === 50 && within.length === 50 + more ? [] : [`${id} miscounts`];
    if (sorted(within) !== sorted(named ?? [])) return [`${id} says other things than it has gathered`];
    // Between two copies, where nobody knew of the first, something may have been called off; never is anything added.
    const read = log.filter(({ key }) => key === id).map(({ references }) => references);
    const isLast = sorted(read.at(-1) ?? []) === sorted([...new Set(within)]);
    const isKept = read.every((one) => within.every((reference) => one.includes(reference ?? '')));
    return isLast && isKept ? [] : [`${id} was read with other cases`];
  });
  return [...lost, ...wrong];
}

/** Most mails that could wait, to one recipient within a span of time, as they came in. */
export function mostWithin(ledger: readonly LedgerRow[], log: readonly Logged[], spanMs: number): number {
  const byId = new Map(ledger.map((row) => [row.id, row]));
  const times = new Map<string, number[]>();
  for (const { key, at, recipient } of log)
    if (byId.get(key)?.class !== 'urgent') times.set(recipient, [...(times.get(recipient) ?? []), at]);
  const most = (all: readonly number[]) =>
    Math.max(0, ...all.map((at) => all.filter((other) => other > at - spanMs && other <= at).length));
  return Math.max(0, ...[...times.values()].map(most));
}

/** Weeks of their own calendar in which somebody had more than one digest, with what each was for and when it came. */
export function tooManyDigests(ledger: readonly LedgerRow[], log: readonly Logged[]): string[] {
  const weeks = new Map<string, Map<string, string>>();
  for (const { id, recipient, reader, sequence, uncertain } of ledger.filter(({ kind }) => kind === 'digest'))
    for (const { at } of log.filter(({ key, answer }) => key === id && answer === 250)) {
      const week = `${recipient} ${DateTime.fromMillis(at, { zone: reader?.timezone ?? 'UTC' }).toFormat("kkkk-'W'WW")}`;
      const told = `for ${sequence}, came ${new Date(at).toISOString()}, unknown ${uncertain} times`;
      weeks.set(week, (weeks.get(week) ?? new Map<string, string>()).set(id, told));
    }
  return [...weeks].flatMap(([week, came]) => (came.size > 1 ? [`${week}: ${[...came.values()].join('; ')}`] : []));
}
