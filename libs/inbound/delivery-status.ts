/** What a report says of one recipient (RFC 3464, 2.3). */
export interface RecipientStatus {
  /** Lower case: failed, delayed, delivered, relayed, expanded; empty where it does not say. */
  action: string;
  /** Enhanced status code such as `5.1.1`; empty where it does not say. */
  status: string;
  recipient: string;
  /** What the server said. */
  diagnostic: string;
}

/** `failed`: it will not arrive; `delayed`: somebody still tries; `arrived`: it did. */
export type Verdict = 'failed' | 'delayed' | 'arrived';

const MOST_RECIPIENTS = 50;
const LONGEST_FIELD = 500;

/** The per-recipient groups of a `message/delivery-status` part; fields that go on in a next line are joined. */
export function recipientStatuses(report: string): RecipientStatus[] {
  const groups = report
    .slice(0, 100_000)
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n\s*\n/);
  return groups
    .map(fieldsOf)
    .filter((fields) => fields.has('action') || fields.has('status'))
    .slice(0, MOST_RECIPIENTS)
    .map((fields) => ({
      action: (fields.get('action') ?? '').toLowerCase(),
      status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? '',
      recipient: typed(fields.get('original-recipient') ?? fields.get('final-recipient')).toLowerCase(),
      diagnostic: typed(fields.get('diagnostic-code')),
    }));
}

/** The action decides; where there is none, the class of the status does. */
export function verdictOf({ action, status }: Pick<RecipientStatus, 'action' | 'status'>): Verdict {
  if (action === 'failed') return 'failed';
  if (action === 'delayed') return 'delayed';
  if (action) return 'arrived';
  return status.startsWith('5') ? 'failed' : status.startsWith('4') ? 'delayed' : 'arrived';
}

/** What a report in plain words most likely means: by the codes that mail servers quote. */
export function verdictOfWords(text: string): Verdict {
  const said = text.slice(0, 20_000);
  if (/\b5\.\d{1,3}\.\d{1,3}\b|\b55[0-4]\b/.test(said)) return 'failed';
  if (/\b4\.\d{1,3}\.\d{1,3}\b|\b4[25][0-2]\b|delayed|will (?:keep|continue) (?:on )?trying|still trying/i.test(said))
    return 'delayed';
  return 'failed';
}

function fieldsOf(group: string): Map<string, string> {
  const fields = group.split('\n').flatMap((one) => {
    const colon = one.indexOf(':');
    return colon > 0
      ? [
          [
            one.slice(0, colon).trim().toLowerCase(),
            one
              .slice(colon + 1)
              .trim()
              .slice(0, LONGEST_FIELD),
          ] as const,
        ]
      : [];
  });
  return new Map(fields);
}

/** `smtp; 550 No such user` without its type. */
const typed = (value = ''): string => value.replace(/^[\w-]{1,30}\s*;\s*/, '').trim();
