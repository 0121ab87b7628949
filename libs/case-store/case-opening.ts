import type { DataSource, EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { CaseRequest } from '#libs/database/entities/case-request.entity.js';
import { Command } from '#libs/database/entities/command.entity.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { NOTHING } from '#libs/domain/case/evolve.js';
import { versionInForce } from '#libs/domain/case/policy-book.js';
import type { RequestForm } from '#libs/domain/case/request-form.js';
import { holdRules } from './case-rules.js';
import { CaseFile } from './case-file.js';
import type { CaseStore } from './case-store.js';
import { KeyReused } from './command-desk.js';
import { commandIdOf, newSalt, saltedHash, sha256 } from './hashes.js';
import { canonicalJson } from './canonical-json.js';
import { clockOffsetMs } from './product-time.js';
import { nextReference } from './references.js';

export interface Opening {
  form: RequestForm;
  actor: Actor;
  /** Idempotency key: the same key of the same person opens one case. */
  key?: string;
  /** When the API took it in (epoch ms, real time). */
  receivedAt: number;
}

export interface OpenedCase {
  caseId: string;
  reference: string;
  version: number;
  /** False when the key had opened this case before. */
  created: boolean;
}

/** Row first: a request is accepted whenever PostgreSQL is up. Case, first event and receipt in one transaction. */
export class CaseOpening {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: CaseStore,
  ) {}

  open(opening: Opening): Promise<OpenedCase> {
    return this.dataSource.transaction(async (manager) => {
      const commandId = commandIdOf(opening.actor.personId, opening.key ?? uuidv7());
      const payloadHash = sha256(canonicalJson({ verb: 'open', body: opening.form }));
      // Two sendings of one key at the same time: the second waits here, then finds the first.
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 48))', [commandId]);
      const earlier = await manager.findOneBy(Command, { id: commandId });
      if (!earlier) return this.create(manager, opening, commandId, payloadHash);
      if (earlier.payloadHash !== payloadHash) throw new KeyReused();
      const row = await manager.findOneByOrFail(AssistanceCase, { id: earlier.caseId });
      return { caseId: row.id, reference: row.reference, version: earlier.resultVersion ?? 1, created: false };
    });
  }

  private async create(
    manager: EntityManager,
    { form, actor, receivedAt }: Opening,
    commandId: string,
    payloadHash: string,
  ): Promise<OpenedCase> {
    const caseId = uuidv7();
    const now = receivedAt + (await clockOffsetMs(manager));
    // The clock of a request on paper starts when the paper came.
    const effectiveAt = form.receivedAt ? Math.min(Date.parse(form.receivedAt), now) : now;
    const reference = await nextReference(manager, now);
    const salt = newSalt();
    await manager.insert(AssistanceCase, newRow(caseId, reference, form.requestingState, effectiveAt));
    await manager.insert(CaseRequest, { caseId, salt, form });
    const file = CaseFile.empty(caseId, await holdRules(manager));
    const submittedBy = actor.roles.includes('requester') ? actor.personId : null;
    const { requestingState, channel, language, needTypes, excludedParties } = form;
    const policyVersion = versionInForce(file.rules.policies, effectiveAt);
    const body = { requestingState, channel, language, needTypes, excludedParties, submittedBy, policyVersion };
    file.append([{ type: 'opened', body: { ...body, formHash: saltedHash(salt, form) } }], {
      effectiveAt,
      recordedAt: now,
      actorId: actor.personId,
    });
    const { version } = await this.store.record(manager, file, reference, now);
    const at = new Date(now);
    await manager.insert(Command, {
      id: commandId,
      caseId,
      actorId: actor.personId,
      verb: 'open',
      payloadHash,
      body: null,
      receivedAt: at,
      appliedAt: at,
      resultVersion: version,
    });
    return { caseId, reference, version, created: true };
  }
}

function newRow(id: string, reference: string, requestingState: string, openedAt: number) {
  const at = new Date(openedAt);
  return {
    id,
    reference,
    requestingState,
    version: 0,
    stage: 'submitted',
    openedAt: at,
    touchedAt: at,
    paused: false,
    ended: false,
    state: { ...NOTHING, caseId: id },
  };
}
