import type { DataSource, EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { productNow } from '#libs/case-store/product-time.js';
import type { Config } from '#libs/config/config.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { InboundMail } from '#libs/database/entities/inbound-mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { DocumentRefused } from '#libs/documents/documents.js';
import type { Documents } from '#libs/documents/documents.js';
import { classify } from './classify.js';
import type { Classified } from './classify.js';
import { noteOnLedger } from './ledger-notes.js';
import { withoutQuoted } from './quoted.js';
import { namedFile, readMessage } from './read-message.js';
import type { Envelope, ReceivedMessage } from './read-message.js';
import { tellOwner } from './reply-notice.js';
import { sideOfAnswer } from './sides.js';
import { threadOf } from './threading.js';
import type { Thread } from './threading.js';

const LONGEST_SHOWN = 20_000;

/** Takes mail in. Nothing that comes in is ever answered, and nothing changes a case by itself. */
export class Reception {
  constructor(
    private readonly dataSource: DataSource,
    private readonly config: Pick<Config, 'secretsKey' | 'mailFrom'>,
    private readonly documents: Pick<Documents, 'takeAttachments' | 'takeStray'>,
  ) {}

  /** Stores a message once, with everything that follows from it; its id, or null when it was there already. @throws when the database is away */
  async take(raw: Buffer, envelope: Envelope): Promise<string | null> {
    const message = await readMessage(raw, envelope);
    const kind = classify(message);
    return this.dataSource.transaction((manager) => this.store(manager, message, kind));
  }

  private async store(manager: EntityManager, message: ReceivedMessage, what: Classified): Promise<string | null> {
    const thread = await threadOf(manager, message, this.config.secretsKey);
    const row = await this.rowOf(manager, message, what, thread);
    const added = await manager
      .createQueryBuilder()
      .insert()
      .into(InboundMail)
      .values(row)
      .orIgnore()
      .returning('id')
      .execute();
    if (!(added.raw as unknown[]).length) return null;
    if (thread) await noteOnLedger(manager, thread.row, what);
    if (row.caseId && row.state === 'waiting') {
      await this.keepFiles(manager, row, row.caseId, message.files);
      await tellOwner(manager, row, this.config.mailFrom);
    }
    if (!row.caseId && row.state === 'waiting') {
      const stray = { personId: row.personId, inboundMailId: row.id };
      await this.documents.takeStray(manager, stray, message.files, row.receivedAt.getTime());
    }
    return row.id;
  }

  /** As documents of the case, looked through like every other; a case that has ended takes none, and keeps the message. */
  private async keepFiles(
    manager: EntityManager,
    { id, personId }: Pick<InboundMail, 'id' | 'personId'>,
    caseId: string,
    files: ReceivedMessage['files'],
  ): Promise<void> {
    if (!files.length) return;
    try {
      await this.documents.takeAttachments(manager, { caseId, personId, inboundMailId: id }, files);
    } catch (error) {
      if (!(error instanceof DocumentRefused)) throw error;
    }
  }

  private async rowOf(manager: EntityManager, message: ReceivedMessage, what: Classified, thread: Thread | null) {
    const { from, text } = message;
    const shown = withoutQuoted(text).slice(0, LONGEST_SHOWN);
    const sender = from.address ? await manager.findOneBy(Person, { email: from.address, active: true }) : null;
    const place = what.kind === 'reply' ? await placeOfReply(manager, message, thread) : placeOfReport(thread);
    return {
      id: uuidv7(),
      kind: what.kind,
      ...place,
      mailId: thread?.row.id ?? null,
      personId: sender?.id ?? null,
      sender: from.address,
      senderName: from.name,
      subject: message.subject,
      text: shown,
      original: shown === text ? null : text,
      attachments: message.files.map(namedFile),
      messageId: message.messageId,
      fingerprint: message.fingerprint,
      receivedAt: new Date(await productNow(manager)),
    } satisfies Partial<InboundMail>;
  }
}

/** On its case, where whoever sent it may speak about it; otherwise in triage. */
async function placeOfReply(manager: EntityManager, { from }: ReceivedMessage, thread: Thread | null) {
  const nowhere = { state: 'waiting' as const, foundBy: null, caseId: null, party: null, organisationId: null };
  if (!thread?.row.caseId) return nowhere;
  const about = await manager.findOneBy(AssistanceCase, { id: thread.row.caseId });
  const side = about && (await sideOfAnswer(manager, thread.row, about, from.address));
  return side ? { ...nowhere, foundBy: thread.foundBy, caseId: thread.row.caseId, ...side } : nowhere;
}

/** What machines write asks nothing of anybody: the ledger says what it means. */
const placeOfReport = (thread: Thread | null) => ({
  state: 'filed' as const,
  foundBy: thread?.foundBy ?? null,
  caseId: thread?.row.caseId ?? null,
  party: null,
  organisationId: null,
});
