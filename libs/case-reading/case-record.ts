import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { readRules } from '#libs/case-store/case-rules.js';
import { readLog, toLogged } from '#libs/case-store/event-log.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { CaseRequest } from '#libs/database/entities/case-request.entity.js';
import { CaseText } from '#libs/database/entities/case-text.entity.js';
import { Organisation } from '#libs/database/entities/organisation.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { State } from '#libs/database/entities/state.entity.js';
import { OFFICE_ROLES } from '#libs/domain/access/person-rights.js';
import { isCaseStaff } from '#libs/domain/access/roles.js';
import type { CaseRules } from '#libs/domain/case/case-rules.js';
import { clockRuns } from '#libs/domain/case/clock-runs.js';
import type { ClockRun } from '#libs/domain/case/clock-runs.js';
import { fold } from '#libs/domain/case/evolve.js';
import type { LoggedEvent, Text } from '#libs/domain/case/events.js';
import type { RequestForm } from '#libs/domain/case/request-form.js';
import type { CaseState } from '#libs/domain/case/state.js';

export interface OrganisationName {
  id: string;
  code: string;
  name: string;
}

/** Everything about one case that any screen may show, before anybody's rights are looked at. */
export interface CaseRecord {
  row: AssistanceCase;
  log: LoggedEvent[];
  rules: CaseRules;
  /** Every cycle of its clocks, computed when first asked for. */
  runs: () => readonly ClockRun[];
  state: CaseState;
  stateName: string;
  stateTimezone: string;
  form: RequestForm | null;
  words: (text: Text | null) => string | null;
  organisation: (id: string) => OrganisationName;
  person: (id: string | null) => { id: string; name: string } | null;
  /** Whether somebody works on cases, or for this organisation: all that a responder may know by name. */
  isOfStaffOr: (organisationId: string | null, personId: string) => boolean;
  /** Whether somebody's account is one of a State's: their name is one of its contacts. */
  actsForState: (personId: string) => boolean;
}

/** What stands where something was written. */
export const ERASED = '[erased]';

/** Reads a case as it stood at `version` (default: now). Null when there is no such reference. */
export async function readRecord(
  manager: EntityManager,
  reference: string,
  version?: number,
): Promise<CaseRecord | null> {
  const row = await manager.findOneBy(AssistanceCase, { reference });
  if (!row) return null;
  const log = (await readLog(manager, row.id))
    .map(toLogged)
    .filter((event) => version === undefined || event.version <= version);
  const folded = fold(log, row.id);
  const { organisationIds, personIds } = namedIn(log, folded);
  const [texts, request, organisations, people, state] = await Promise.all([
    manager.findBy(CaseText, { caseId: row.id }),
    manager.findOneBy(CaseRequest, { caseId: row.id }),
    manager.find(Organisation, { select: { id: true, code: true, name: true }, where: { id: In(organisationIds) } }),
    manager.find(Person, {
      select: { id: true, name: true, roles: true, organisationId: true },
      where: { id: In(personIds) },
    }),
    manager.findOneBy(State, { code: row.requestingState }),
  ]);
  const rules = await readRules(manager);
  let runs: readonly ClockRun[] | undefined;
  const contents = new Map(texts.map(({ id, content }) => [id, content]));
  const byId = new Map(organisations.map((one) => [one.id, one]));
  const named = new Map(people.map((one) => [one.id, one]));
  return {
    row,
    log,
    rules,
    runs: () => (runs ??= clockRuns(log, rules)),
    state: folded,
    stateName: state?.name ?? row.requestingState,
    stateTimezone: state?.timezone ?? 'Europe/Zurich',
    form: request?.form ?? null,
    words: (text) => (text && 'textId' in text ? (contents.get(text.textId) ?? ERASED) : null),
    organisation: (id) => byId.get(id) ?? { id, code: id, name: id },
    person: (id) => (id === null ? null : { id, name: named.get(id)?.name ?? 'A former user' }),
    isOfStaffOr: (organisationId, personId) => {
      const one = named.get(personId);
      return (
        one !== undefined &&
        (isCaseStaff(one.roles) || (organisationId !== null && one.organisationId === organisationId))
      );
    },
    actsForState: (personId) => named.get(personId)?.roles.some((role) => OFFICE_ROLES.includes(role)) ?? true,
  };
}

/** Whose names a screen of this case may need: never the whole directory. */
function namedIn(log: readonly LoggedEvent[], { consent, invitations }: CaseState) {
  const organisationIds = new Set(Object.keys(invitations));
  const personIds = new Set<string>();
  for (const { actorId, body } of log) {
    if (actorId) personIds.add(actorId);
    if ('ownerId' in body) personIds.add(body.ownerId);
    if ('receiverId' in body) personIds.add(body.receiverId);
    if ('audience' in body && Array.isArray(body.audience)) body.audience.forEach((id) => organisationIds.add(id));
    if ('organisationId' in body && body.organisationId) organisationIds.add(body.organisationId);
  }
  if (consent && consent.audience !== 'all_matching') consent.audience.forEach((id) => organisationIds.add(id));
  return { organisationIds: [...organisationIds], personIds: [...personIds] };
}
