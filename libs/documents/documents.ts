import type { DataSource, EntityManager } from 'typeorm';
import { actorOf } from '#libs/case-store/actors.js';
import type { CaseFile } from '#libs/case-store/case-file.js';
import type { CaseStore } from '#libs/case-store/case-store.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { DocumentContent } from '#libs/database/entities/document-content.entity.js';
import { Document } from '#libs/database/entities/document.entity.js';
import { can } from '#libs/domain/access/can.js';
import type { Actor } from '#libs/domain/access/roles.js';
import type { NewEvent } from '#libs/domain/case/events.js';
import { untilReleased } from '#libs/domain/case/field-letters.js';
import { ENDED } from '#libs/domain/case/stages.js';
import { TRIAGE_ROOM } from './limits.js';
import type { TriageRoom } from './limits.js';
import { factsOf, lookAt, store } from './storing.js';
import type { GivenFile, Origin, Stored } from './storing.js';
import { moveToCase, storeStray } from './stray-files.js';

/** The step is not for this person, or not possible now. */
export class DocumentRefused extends Error {
  override name = 'DocumentRefused';

  constructor(
    readonly code: 'not_permitted' | 'case_ended' | 'not_possible_now',
    message: string,
  ) {
    super(message);
  }
}

export const ADDED_BY = 'The State, the coordinators and responders whose offer was accepted add documents.';

/** Where a mail's attachments come from. */
export interface MailOrigin {
  caseId: string;
  /** Whose mail it is; null when that is nobody with an account. */
  personId: string | null;
  inboundMailId: string;
}

/** Keeps documents of cases, sealed, and puts on each case's log what came, was released and was taken back. */
export class Documents {
  constructor(
    private readonly dataSource: DataSource,
    private readonly cases: Pick<CaseStore, 'changeIn'>,
    private readonly secretsKey: string,
    private readonly triageRoom: TriageRoom = TRIAGE_ROOM,
  ) {}

  /**
   * Takes files that somebody sends to a case: those that are right are kept, the others named with the reason.
   * @param realNow epoch ms, without the demo offset
   * @throws DocumentRefused when this person may not add any, or the case has ended
   */
  async add(caseId: string, actor: Actor, files: readonly GivenFile[], realNow = Date.now()): Promise<Stored> {
    const looked = await lookAt(files);
    const origin: Origin = { caseId, actor, source: 'upload', sourceId: null };
    return this.dataSource.transaction(async (manager) => {
      let stored: Stored = { taken: [], refused: [] };
      await this.cases.changeIn(manager, caseId, realNow, async (_, file, now) => {
        if (!can(actor, 'add-document', file.state)) throw new DocumentRefused('not_permitted', ADDED_BY);
        await refuseOnceEnded(manager, file);
        stored = await store(manager, this.secretsKey, looked, origin, file.state, now);
        note(file, stored, origin, now);
      });
      return stored;
    });
  }

  /**
   * Takes the attachments of a mail that belongs to a case, in the transaction in which the mail is taken in. They are
   * checked and kept as uploads are, and nobody gets them before the scanner has seen them; those that are refused stand
   * on the case's list with the reason. The case is locked from here on: let nothing be locked that a case's own
   * transaction would wait for.
   * @param realNow epoch ms, without the demo offset
   * @throws DocumentRefused when the case has ended; nothing is written then
   */
  async takeAttachments(
    manager: EntityManager,
    { caseId, personId, inboundMailId }: MailOrigin,
    files: readonly GivenFile[],
    realNow = Date.now(),
  ): Promise<Stored> {
    const looked = await lookAt(files);
    const actor = personId === null ? null : await actorOf(manager, personId);
    const origin: Origin = { caseId, actor, source: 'mail', sourceId: inboundMailId };
    let stored: Stored = { taken: [], refused: [] };
    await this.cases.changeIn(manager, caseId, realNow, async (_, file, now) => {
      await refuseOnceEnded(manager, file);
      stored = await store(manager, this.secretsKey, looked, origin, file.state, now);
      note(file, stored, origin, now);
    });
    return stored;
  }

  /**
   * Takes the attachments of a mail that is on no case, in the transaction in which it is taken in. Nobody reads them
   * before the mail is put on a case; those that are left out are named with the reason.
   * @param now the deployment's (epoch ms)
   */
  async takeStray(
    manager: EntityManager,
    { personId, inboundMailId }: Omit<MailOrigin, 'caseId'>,
    files: readonly GivenFile[],
    now: number,
  ): Promise<void> {
    if (!files.length) return;
    const looked = await lookAt(files);
    const actor = personId === null ? null : await actorOf(manager, personId);
    await storeStray(manager, this.secretsKey, looked, { inboundMailId, actor }, this.triageRoom, now);
  }

  /**
   * Makes the attachments of a mail documents of the case that it is put on, as if it had found it by itself. The case is
   * locked from here on. A case that has ended takes none: they are erased.
   * @param realNow epoch ms, without the demo offset
   */
  async putOnCase(
    manager: EntityManager,
    { caseId, personId, inboundMailId }: MailOrigin,
    realNow = Date.now(),
  ): Promise<void> {
    if (!(await manager.existsBy(Document, { strayMailId: inboundMailId }))) return;
    const actor = personId === null ? null : await actorOf(manager, personId);
    await this.cases.changeIn(manager, caseId, realNow, async (_, file, now) => {
      if (await hasEnded(manager, file)) return this.dropStray(manager, inboundMailId);
      const taken = await moveToCase(manager, { inboundMailId, actor }, file, now);
      note(file, { taken, refused: [] }, { caseId, actor, source: 'mail', sourceId: inboundMailId }, now);
    });
  }

  /** Erases what came with a mail on no case. */
  async dropStray(manager: EntityManager, inboundMailId: string): Promise<void> {
    await manager.delete(Document, { strayMailId: inboundMailId });
  }

  /** Lets those read it who work on the case. False when there is no such document for this person. @throws DocumentRefused */
  release(caseId: string, actor: Actor, id: string, realNow = Date.now()): Promise<boolean> {
    return this.change(caseId, actor, id, realNow, async (manager, document, { state }, now) => {
      if (!can(actor, 'release-document', { ...document, state, at: now }))
        throw new DocumentRefused('not_permitted', 'Only the owner of the case releases a document.');
      if (document.state !== 'clean' || document.removedAt)
        throw new DocumentRefused(
          'not_possible_now',
          'Only a document that was checked, and not taken back, is released.',
        );
      if (document.letter === 'P') return null;
      await manager.update(Document, id, { letter: untilReleased({ released: true }) as 'P' });
      return { type: 'document_released', body: factsOf(document) };
    });
  }

  /**
   * Takes a document back: erased when nobody else has had it, else only marked.
   * False when there is no such document for this person. @throws DocumentRefused when it is somebody else's
   */
  remove(caseId: string, actor: Actor, id: string, realNow = Date.now()): Promise<boolean> {
    return this.change(caseId, actor, id, realNow, async (manager, document, { state }, now) => {
      if (!can(actor, 'remove-document', { ...document, state, at: now }))
        throw new DocumentRefused('not_permitted', 'Only whoever added a document takes it back.');
      if (document.removedAt) return null;
      const erased = !document.readByOthers;
      const at = new Date(now);
      await manager.update(Document, id, { removedAt: at, ...(erased && { erasedAt: at, name: '', sha256: '' }) });
      if (erased) await manager.delete(DocumentContent, { documentId: id });
      const { organisationId } = document;
      return { type: 'document_removed', body: { ...factsOf(document), organisationId, erased } };
    });
  }

  private async change(
    caseId: string,
    actor: Actor,
    id: string,
    realNow: number,
    act: (manager: EntityManager, document: Document, file: CaseFile, now: number) => Promise<NewEvent | null>,
  ): Promise<boolean> {
    let known = false;
    await this.dataSource.transaction((manager) =>
      this.cases.changeIn(manager, caseId, realNow, async (_, file, now) => {
        const document = await manager.findOne(Document, {
          where: { id, caseId },
          lock: { mode: 'pessimistic_write' },
        });
        if (!document || !can(actor, 'read-document', { ...document, state: file.state, at: now })) return;
        known = true;
        const event = await act(manager, document, file, now);
        if (event) file.append([event], { effectiveAt: now, recordedAt: now, actorId: actor.personId });
      }),
    );
    return known;
  }
}

function note(file: CaseFile, { taken }: Stored, { actor, source }: Origin, now: number): void {
  const events = taken.map((row) => ({
    type: 'document_added' as const,
    body: { ...factsOf(row), source, organisationId: row.organisationId },
  }));
  file.append(events, { effectiveAt: now, recordedAt: now, actorId: actor?.personId ?? null });
}

/** The time after which its data goes has begun: nothing is added to it any more. */
async function refuseOnceEnded(manager: EntityManager, file: CaseFile): Promise<void> {
  if (await hasEnded(manager, file))
    throw new DocumentRefused('case_ended', 'The case has ended: nothing is added to it any more.');
}

async function hasEnded(manager: EntityManager, { caseId, state }: CaseFile): Promise<boolean> {
  const { ended } = await manager.findOneByOrFail(AssistanceCase, { id: caseId });
  return Boolean(ended || (state.sideState && ENDED.includes(state.sideState)));
}
