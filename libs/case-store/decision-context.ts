import { ArrayOverlap } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { uuidv7 } from 'uuidv7';
import { waitingReply } from './replies.js';
import { CASE_STAFF } from '#libs/domain/access/roles.js';
import type { Actor } from '#libs/domain/access/roles.js';
import type { CaseRules } from '#libs/domain/case/case-rules.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import type { Colleague, DecisionContext } from '#libs/domain/case/commands/rule.js';
import { ENDED } from '#libs/domain/case/stages.js';
import type { CaseState } from '#libs/domain/case/state.js';

const NEEDS_RESPONDERS = ['request-consent', 'give-consent', 'exclude-party', 'circulate'];
const NEEDS_COORDINATORS = ['assign-owner', 'hand-over'];

/** What the decider may look at for this command; only what the verb needs is read. */
export async function decisionContext(
  manager: EntityManager,
  { verb, body }: CaseCommand,
  state: CaseState,
  caseId: string,
  actor: Actor,
  now: number,
  { policies }: CaseRules,
): Promise<DecisionContext> {
  const responders = NEEDS_RESPONDERS.includes(verb)
    ? await manager.findBy(Organisation, { responder: true, active: true })
    : [];
  const coordinators = NEEDS_COORDINATORS.includes(verb) ? await staff(manager) : [];
  const into = verb === 'merge' ? await manager.findOneBy(AssistanceCase, { reference: body.into }) : null;
  const mergeable =
    into !== null &&
    into.id !== caseId &&
    into.requestingState === state.requestingState &&
    into.stage !== 'closed' &&
    !ENDED.some((sideState) => sideState === into.sideState);
  const reply = verb === 'accept-reply' ? await waitingReply(manager, caseId, body.replyId) : null;
  const passesOn = verb === 'pass-on' ? actor : verb === 'accept-reply' && body.as === 'pass_on' ? reply : null;
  return {
    now,
    actor,
    newId: uuidv7,
    responders,
    colleagues: passesOn ? await colleaguesOf(manager, passesOn) : [],
    coordinators,
    policyVersions: policies.map(({ version }) => version),
    openCases: () => mergeable,
    reply,
  };
}

/** Whoever else may answer for the responder, and the person themselves. */
async function colleaguesOf(
  manager: EntityManager,
  { organisationId }: Pick<Actor, 'organisationId'>,
): Promise<Colleague[]> {
  if (!organisationId) return [];
  const where = { organisationId, active: true, roles: ArrayOverlap(['responder']) };
  return manager.find(Person, { select: { id: true, email: true }, where });
}

async function staff(manager: EntityManager): Promise<string[]> {
  const where = { active: true, roles: ArrayOverlap(CASE_STAFF) };
  return (await manager.find(Person, { select: { id: true }, where })).map(({ id }) => id);
}
