import type { EntityManager, QueryDeepPartialEntity } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { RuleDraft } from '#libs/database/entities/rule-draft.entity.js';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Kind = RuleDraft['kind'];
type Begun = Pick<RuleDraft, 'kind' | 'subject' | 'title' | 'basedOn' | 'body' | 'authorId'>;

/** Keeps a new draft in its first revision. Returns its id. */
export async function insertDraft(manager: EntityManager, draft: Begun): Promise<string> {
  const id = uuidv7();
  await manager.insert(RuleDraft, { ...draft, id, body: draft.body as never, revision: 1, updatedAt: new Date() });
  return id;
}

/** The draft of this kind; null when there is none, also for what is no id. */
export async function findDraft(manager: EntityManager, kind: Kind, id: string): Promise<RuleDraft | null> {
  return ID.test(id) ? manager.findOneBy(RuleDraft, { id, kind }) : null;
}

/** Keeps what was made of a revision. False when somebody else has changed the draft since: then nothing is kept. */
export async function updateDraft(
  manager: EntityManager,
  { kind, id, revision }: { kind: Kind; id: string; revision: number },
  change: QueryDeepPartialEntity<RuleDraft>,
): Promise<boolean> {
  const next = { ...change, revision: revision + 1, updatedAt: new Date() };
  const { affected } = await manager.update(RuleDraft, { id, kind, revision }, next);
  return Boolean(affected);
}

export async function deleteDraft(manager: EntityManager, kind: Kind, id: string): Promise<void> {
  await manager.delete(RuleDraft, { id, kind });
}

/** The revision that a form was made from, as it was sent; no draft has a zeroth, nor one beyond the column. */
export function revisionIn(sent: unknown): number {
  const revision = Number(sent);
  return Number.isSafeInteger(revision) && revision > 0 && revision < 2 ** 31 ? revision : 0;
}
