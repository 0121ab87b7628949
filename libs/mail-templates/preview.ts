import type { EntityManager } from 'typeorm';
import type { AccountMailParameters, MailParameters } from '#libs/contracts/mail.js';
import { DAY_MS } from '#libs/domain/calendar/zone.js';
import type { MailText } from '#libs/mail/layout.js';
import { renderAccountMail } from '#libs/mail/render-account.js';
import { renderMail } from '#libs/mail/render.js';
import { isOfAccount } from '#libs/mail/words.js';
import type { MailWords } from '#libs/mail/words.js';
import type { TemplatePlace } from './template-desk.js';
import { valuesOf } from './values.js';

/** What a preview is filled in with. */
export interface PreviewData {
  /** The newest mail of the kind in the ledger: its reference and dates. False: an example. */
  real: boolean;
  parameters: MailParameters | AccountMailParameters;
}

/**
 * Reference, stage, clock and dates of the newest mail of a kind. Names (of a State, of whoever is away, of tokens) are
 * examples all the same: whoever writes templates need not see whom mails were about.
 */
export async function previewData(
  manager: EntityManager,
  kind: TemplatePlace['kind'],
  now: number,
): Promise<PreviewData> {
  if (isOfAccount(kind)) return { real: false, parameters: accountExample(kind, now) };
  const [row] = await manager.query<{ parameters: MailParameters }[]>(
    `SELECT parameters FROM mail WHERE kind = $1 AND parameters ? 'path' ORDER BY send_after DESC, id DESC LIMIT 1`,
    [kind],
  );
  const example = caseExample(kind, now);
  if (!row) return { real: false, parameters: example };
  const { reference, stage, clock, dueAt, level, timezone, state, path } = row.parameters;
  const told = {
    reference,
    stage,
    timezone,
    path,
    ...(clock && { clock }),
    ...(dueAt && { dueAt }),
    ...(level && { level }),
  };
  return { real: true, parameters: { ...told, ...(state && { state: example.state ?? '' }) } };
}

const caseExample = (kind: TemplatePlace['kind'], now: number): MailParameters => {
  const values = valuesOf(kind);
  return {
    reference: 'CCM-A9-2026-0042',
    state: 'Aurelia',
    stage: 'Circulated',
    ...(values.has('clock') && {
      clock: { name: 'responder_answer', title: 'Answer of the responder' },
      dueAt: new Date(now + 5 * DAY_MS).toISOString(),
    }),
    ...(values.has('level') && { level: 'L1' }),
    timezone: 'Africa/Lusaka',
    path: '/cases/CCM-A9-2026-0042',
  };
};

const accountExample = (kind: TemplatePlace['kind'], now: number): AccountMailParameters => ({
  path: '/account',
  values: Object.fromEntries(
    [...valuesOf(kind)].map(([name, type]) => [name, type === 'number' ? 3 : (EXAMPLES[name] ?? name)]),
  ),
  ...(['account_invitation', 'sign_in_code', 'password_reset'].includes(kind) && {
    validUntil: new Date(now + DAY_MS).toISOString(),
  }),
  timezone: 'Africa/Lusaka',
});

const EXAMPLES: Record<string, string> = { inviter: 'Ana Lopes', roles: '…', name: 'Monthly figures' };

/** The mail as its reader would get it. @throws TemplateBroken */
export function previewOf(
  { kind, language }: TemplatePlace,
  words: MailWords,
  { parameters }: PreviewData,
  publicUrl: string,
): MailText {
  return isOfAccount(kind)
    ? renderAccountMail(kind, parameters, '0000-0000', language, publicUrl, words)
    : renderMail(kind, parameters as MailParameters, language, publicUrl, { words });
}
