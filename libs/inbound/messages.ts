import type { DataSource } from 'typeorm';
import type { DocumentState } from '#libs/database/entities/document.entity.js';
import type { FoundBy, InboundState, NamedFile } from '#libs/database/entities/inbound-mail.entity.js';
import type { ReplyMeaning } from '#libs/domain/case/events.js';
import { REASONS } from '#libs/documents/reasons.js';
import type { Reason } from '#libs/documents/reasons.js';
import { shownAddress } from '#libs/text/address.js';
import { visible } from '#libs/text/characters.js';
import { looksAutomatic } from './classify.js';

/** A message in a list: who, about what, when. */
export interface MessageHead {
  id: string;
  state: InboundState;
  from: { address: string; name: string };
  subject: string;
  receivedAt: string;
  /** Its subject is one that machines write. */
  looksAutomatic: boolean;
  /** The mail of ours that it answers. */
  answers: { id: string; kind: string; to: string; sentAt: string | null } | null;
}

/** A file of a message that is on no case: named, and not to be opened. */
export interface TriageFile {
  name: string;
  /** Bytes. */
  size: number;
  state: DocumentState;
  /** Checked by the scanner, or by its type only; null while it waits. */
  checkedBy: 'scanner' | 'type' | null;
  /** Why it was left out; null when it was not. */
  refused: string | null;
}

/** A message as those read it who decide on it. */
export interface MessageView extends MessageHead {
  /** Without quoted history and signature. */
  text: string;
  /** As it came, where that is more. */
  original: string | null;
  /** Names only: the files are documents of the case. */
  attachments: NamedFile[];
  /** Whether any of them are, or are named there with why they were refused. */
  filesOnCase: boolean;
  /** On no case: where its files stand until somebody decides on it. */
  triageFiles: TriageFile[];
  foundBy: FoundBy | null;
  /** Which side of the case the sender is on. */
  party: 'requester' | 'responder' | null;
  organisation: { id: string; code: string; name: string } | null;
  /** What became of it. */
  decided: {
    at: string;
    by: { id: string; name: string } | null;
    meaning: ReplyMeaning | null;
    reason: string | null;
  } | null;
}

interface Row {
  id: string;
  state: InboundState;
  sender: string;
  sender_name: string;
  subject: string;
  received_at: Date;
  text: string;
  original: string | null;
  attachments: NamedFile[];
  files_on_case: boolean;
  triage_files: (Omit<TriageFile, 'refused'> & { reason: string | null })[] | null;
  found_by: FoundBy | null;
  party: 'requester' | 'responder' | null;
  organisation: MessageView['organisation'];
  mail_id: string | null;
  mail_kind: string | null;
  mail_to: string | null;
  mail_sent_at: Date | null;
  decided_at: Date | null;
  decided_by: string | null;
  decided_by_name: string | null;
  meaning: ReplyMeaning | null;
  reason: string | null;
}

const SELECT = `SELECT i.*, m.kind AS mail_kind, m.recipient AS mail_to, m.sent_at AS mail_sent_at, p.name AS decided_by_name,
    EXISTS (SELECT FROM document d WHERE d.case_id = i.case_id AND d.source_id = i.id::text) AS files_on_case,
    (SELECT jsonb_agg(jsonb_build_object('name', d.name, 'size', d.size, 'state', d.state, 'checkedBy', d.checked_by,
       'reason', d.reason) ORDER BY d.id) FROM document d WHERE d.stray_mail_id = i.id) AS triage_files,
    CASE WHEN o.id IS NOT NULL THEN jsonb_build_object('id', o.id, 'code', o.code, 'name', o.name) END AS organisation
  FROM inbound_mail i LEFT JOIN mail m ON m.id = i.mail_id LEFT JOIN person p ON p.id = i.decided_by
    LEFT JOIN organisation o ON o.id = i.organisation_id`;

/** Replies of people, as they wait on their cases and in triage. Whether one may read them is for the caller to ask. */
export class Messages {
  constructor(private readonly dataSource: DataSource) {}

  /** Replies on a case: those that wait first, oldest of them first; then what was decided, newest first. */
  async ofCase(caseId: string): Promise<MessageView[]> {
    const rows = await this.dataSource.query<Row[]>(
      `${SELECT} WHERE i.case_id = $1 AND i.kind = 'reply' ORDER BY i.state <> 'waiting', i.decided_at DESC NULLS FIRST, i.received_at, i.id`,
      [caseId],
    );
    return rows.map(viewOf);
  }

  /** How many wait on the case of this reference. */
  async waitingOn(reference: string): Promise<number> {
    const [row] = await this.dataSource.query<[{ count: number }]>(
      `SELECT count(*)::int FROM inbound_mail i JOIN assistance_case c ON c.id = i.case_id
       WHERE c.reference = $1 AND i.kind = 'reply' AND i.state = 'waiting'`,
      [reference],
    );
    return row.count;
  }

  /** What waits on no case, oldest first, after the one with the id `cursor`. */
  async triage(limit: number, cursor?: string): Promise<{ items: MessageHead[]; next: string | null }> {
    const rows = await this.dataSource.query<Row[]>(
      `${SELECT} WHERE i.case_id IS NULL AND i.state = 'waiting' AND ($2::uuid IS NULL OR i.id > $2::uuid) ORDER BY i.id LIMIT $1`,
      [limit + 1, cursor ?? null],
    );
    const items = rows.slice(0, limit).map(headOf);
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** One that is on no case; null: there is none, or it has been put on one. */
  async inTriage(id: string): Promise<MessageView | null> {
    const [row] = await this.dataSource.query<Row[]>(
      `${SELECT} WHERE i.id = $1 AND i.case_id IS NULL AND i.kind = 'reply'`,
      [id],
    );
    return row ? viewOf(row) : null;
  }
}

const headOf = (row: Row): MessageHead => ({
  id: row.id,
  state: row.state,
  from: { address: shownAddress(row.sender), name: row.sender_name },
  subject: row.subject,
  receivedAt: row.received_at.toISOString(),
  looksAutomatic: looksAutomatic(row.subject),
  answers:
    row.mail_id && row.mail_kind
      ? { id: row.mail_id, kind: row.mail_kind, to: row.mail_to ?? '', sentAt: row.mail_sent_at?.toISOString() ?? null }
      : null,
});

const viewOf = (row: Row): MessageView => ({
  ...headOf(row),
  text: visible(row.text),
  original: row.original === null ? null : visible(row.original),
  attachments: row.attachments,
  filesOnCase: row.files_on_case,
  triageFiles: (row.triage_files ?? []).map(({ reason, ...file }) => ({
    ...file,
    refused: file.state === 'refused' ? (REASONS[reason as Reason] ?? REASONS.not_allowed) : null,
  })),
  foundBy: row.found_by,
  party: row.party,
  organisation: row.organisation,
  decided: row.decided_at
    ? {
        at: row.decided_at.toISOString(),
        by: row.decided_by ? { id: row.decided_by, name: row.decided_by_name ?? '' } : null,
        meaning: row.meaning,
        reason: row.reason,
      }
    : null,
});
