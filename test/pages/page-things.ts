import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepVerification } from '#libs/audit/checkpoint-status.js';
import { Checkpointer } from '#libs/audit/checkpointer.js';
import { found } from '#libs/audit/finding.js';
import { verifyLogs } from '#libs/audit/verification.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { MAIL_HAPPENINGS, MailEvent } from '#libs/database/entities/mail-event.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { REQUESTER_RUNGS } from '#libs/domain/case/contact-ladder.js';
import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { CalendarDrafts } from '#libs/rule-book/calendar-drafts.js';
import { HttpCase } from '../support/http-case.js';
import { dueMail } from '../support/mail-rows.js';
import type { TestSystem } from '../support/system.js';

/** A draft of Geneva's next version that would be refused by nobody. */
export async function calendarDraft({ dataSource }: TestSystem): Promise<string> {
  const lead = await dataSource.manager.findOneByOrFail(Person, { email: 'lead@demo.action48.test' });
  const { version: basedOn, ...calendar } = {
    ...GENEVA,
    specialHours: { '2027-12-24': [['09:00', '12:00']] as [string, string][] },
  };
  return new CalendarDrafts(dataSource).begin({ title: 'Geneva canton', basedOn, calendar, authorId: lead.id });
}

/** A draft of the policy, after a second version has been published. */
export async function policyDraft(system: TestSystem): Promise<string> {
  const begin = async (): Promise<string> =>
    (await system.call('lead', 'POST', '/api/v1/policies/drafts', { basedOn: 1 })).body.id;
  await system.call('lead', 'POST', `/api/v1/policies/drafts/${await begin()}/publish`, { reason: 'To be read.' });
  return begin();
}

/** A case that its owner has offered to a colleague. */
export async function offered(system: TestSystem): Promise<HttpCase> {
  const one = await HttpCase.after(system, 'take');
  const { id } = await system.dataSource.manager.findOneByOrFail(Person, { email: 'coordinator2@demo.action48.test' });
  await one.does('coordinator', 'hand-over', { to: id });
  return one;
}

/** As if mail reached nobody of the State on this case any more: for how its page and the list of calls look. */
export async function toCall({ dataSource }: TestSystem, reference: string): Promise<void> {
  const unreached = { requester: REQUESTER_RUNGS.map((rung) => ({ rung, because: 'bounced' })) };
  const call = { party: 'requester', organisationId: null };
  await dataSource.query(
    `UPDATE assistance_case SET state = jsonb_set(state, '{unreached}', $2) WHERE reference = $1`,
    [reference, unreached],
  );
  await dataSource.query(
    `INSERT INTO case_event (case_id, version, type, effective_at, recorded_at, body, previous_hash, hash)
     SELECT id, 1000, 'call_due', now(), now(), $2, '', '' FROM assistance_case WHERE reference = $1`,
    [reference, call],
  );
}

/** A mail of a case with all that can have happened to one. */
export async function unsureMail({ dataSource }: TestSystem, reference: string): Promise<string> {
  const { id: caseId } = await dataSource.manager.findOneByOrFail(AssistanceCase, { reference });
  const answer = '451 4.7.1 Greylisted; please try again in a few minutes, see https://mail.example.org/greylisting';
  const mail = {
    caseId,
    recipient: 'isu@demo.action48.test',
    state: 'unknown',
    attempts: 3,
    response: answer,
  } as const;
  const { id } = await dueMail(dataSource, mail);
  await dueMail(dataSource, { caseId, sequence: '2', heldFor: 'quiet', sendAfter: new Date(Date.now() + 86_400_000) });
  for (const happening of MAIL_HAPPENINGS)
    await dataSource.manager.insert(MailEvent, {
      ...{ mailId: id, at: new Date(), happening, attempt: 1, detail: answer, personId: null },
    });
  await dataSource.query(`DELETE FROM mail_event WHERE happening IN ('sent_again', 'left')`);
  return id;
}

/** A checkpoint, and a verification that has found something. */
export async function checkpoints({ dataSource }: TestSystem): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
  const key = generateKeyPairSync('ed25519').privateKey;
  await new Checkpointer(dataSource, { folder, key, origin: 'test/action48' }).make();
  const findings = [found('chain', 'CCM-A9-2026-0001', 'chainBreaks', { version: 3 })];
  await keepVerification(dataSource, { ...(await verifyLogs(dataSource)), findings });
  rmSync(folder, { recursive: true });
}
