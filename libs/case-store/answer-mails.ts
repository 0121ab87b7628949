import { In, IsNull } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { AnswerToken } from '#libs/database/entities/answer-token.entity.js';
import { isStillAsked } from '#libs/domain/case/asked.js';
import type { EventType } from '#libs/domain/case/events.js';
import { CALLED_OFF } from '#libs/domain/mail/called-off.js';
import { callOff } from './call-off.js';
import type { CaseFile } from './case-file.js';
import type { Projection } from './projection.js';

/** After these, what somebody was asked by mail may not wait for them any more. */
const MAY_END_IT: readonly EventType[] = [
  ...(['interest_expressed', 'invitation_declined', 'question_asked', 'offer_made'] as const),
  ...(['invitation_passed_on', 'party_excluded', 'offer_accepted', 'progress_updated'] as const),
  ...(['national_process_started', 'withdrawn', 'closed', 'personal_data_erased'] as const),
];

/** Links to answer by are good for nothing from the moment at which their reason has ended. */
export async function revokeAnswerLinks(manager: EntityManager, { caseId, state, history }: CaseFile): Promise<void> {
  const events = history.map(({ event }) => event);
  if (!events.some(({ type }) => MAY_END_IT.includes(type))) return;
  const reported = events.flatMap((event) => (event.type === 'progress_updated' ? [event.body.organisationId] : []));
  const live = await manager.findBy(AnswerToken, { caseId, revokedAt: IsNull() });
  const over = live.filter(
    (token) => !isStillAsked(state, token) || (token.purpose === 'progress' && reported.includes(token.organisationId)),
  );
  if (over.length)
    await manager.update(
      AnswerToken,
      { handleHash: In(over.map(({ handleHash }) => handleHash)) },
      { revokedAt: new Date() },
    );
}

/** A responder that asked for time is not reminded meanwhile, not even of what waits for its working hours. */
export async function dropForTimeAsked(manager: EntityManager, file: CaseFile, { runs }: Projection): Promise<void> {
  const asked = file.history.flatMap(({ event }) => (event.type === 'time_asked' ? [event.body.organisationId] : []));
  const cycles = runs
    .filter(({ over, remindFrom, subject }) => !over && remindFrom !== null && asked.includes(subject))
    .map(({ policy, subject, number }) => `${policy.name}:${subject}:${number}:`);
  if (!cycles.length) return;
  await callOff(manager, {
    why: CALLED_OFF.timeAsked,
    states: ['due'],
    where: `case_id = $3 AND party = 'responder' AND delivery = 'reminder'
      AND EXISTS (SELECT FROM unnest($4::text[]) cycle WHERE starts_with(sequence, cycle))`,
    values: [file.caseId, cycles],
  });
}

/** What was on its way to others of a responder is not sent once a colleague has been named. */
export async function dropForPassedOn(manager: EntityManager, { caseId, history }: CaseFile): Promise<void> {
  for (const { event } of history)
    if (event.type === 'invitation_passed_on')
      await callOff(manager, {
        why: CALLED_OFF.passedOn,
        states: ['due'],
        where: `case_id = $3 AND party = 'responder' AND organisation_id = $4 AND person_id <> $5`,
        values: [caseId, event.body.organisationId, event.body.to],
      });
}
