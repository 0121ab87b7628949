/** What each person can open; `:case` is a case in triage, `:calendar` and `:policy` a draft of each, `:job` an answered
 * question, `:answer` and the like what links in mails lead to, `:offered` a case that coordinator2 may take over, `:officer` a person
 * of an office, `:staff` somebody who works on cases, `:digest` what a digest is stopped by, `:mail` a mail that may not have arrived,
 * `:mine` a standing offer of legalaid. */
export const PAGES: Record<string, string[]> = {
  '': [
    ...['/', '/sign-in', '/forgotten', '/forgotten/code?sent=yes', '/follow', '/follow/code'],
    ...['/welcome', '/welcome/ready', '/unsubscribe/:digest', '/dev/mail', '/nowhere'],
    ...['/answer/:answer', '/answer/:progress', '/answer/:over', '/answer/nothing'],
  ],
  'bravia-admin': ['/office', '/office/invite', '/office/:officer', '/office/:officer/disable', '/leave'],
  bravia: [
    '/requests',
    ...['', '/password', '/second-factor', '/tokens', '/mail', '/calendar', '/data'].map((page) => `/account${page}`),
    ...['', '/withdraw', '/exclude-party', '/answer', '/access', '/mail', '/documents'].map(
      (page) => `/cases/:case${page}`,
    ),
  ],
  coordinator: [
    '/queue',
    '/queue?queue=breached',
    '/queue?queue=paused',
    '/queue?queue=to_call',
    '/cases/:case',
    ...[
      'triage',
      'return',
      'suspend',
      'log-contact',
      'assign-owner',
      'hand-over',
      'exclude-party',
      'merge',
      'acknowledge',
    ].map((verb) => `/cases/:case/${verb}`),
    '/system',
    '/account/passkeys',
    '/forecast?hours=40',
    ...['', '/unknown', '/forecast?days=30', '/:mail', '/:mail/send-again', '/:mail/leave'].map(
      (page) => `/mail${page}`,
    ),
    '/cases/:case/mail',
    '/cases/:case/documents',
    '/what-if',
    '/what-if/:job',
    '/cases/:case/replies',
    '/triage/mail',
  ],
  coordinator2: [
    '/queue?queue=handed_to_me',
    ...['', '/accept-hand-over', '/reject-hand-over'].map((page) => `/cases/:offered${page}`),
  ],
  legalaid: [
    ...['/invitations', '/queue', '/cases/:case'],
    ...['', '/new', '/:mine', '/:mine/edit'].map((page) => `/standing-offers${page}`),
  ],
  president: ['/queue', '/forecast'],
  admin: [
    ...['', '/new', '/:organisation'].map((page) => `/admin/organisations${page}`),
    ...['', '/invite', '/:officer', '/:officer/disable', '/:officer/enable'].map((page) => `/admin/people${page}`),
    '/admin/roles',
    '/admin/tokens',
    ...['', '?status=machine&language=ar', '/reminder', '/account_invitation', '/escalation/ar', '/breach/fr'].map(
      (page) => `/mail-templates${page}`,
    ),
    '/leave/:staff',
    ...['/system', '/admin/audit', '/admin/checkpoints', '/calendars', '/policies', '/what-if', '/what-if/:job'],
  ],
  lead: [
    '/leave',
    '/admin/audit?kind=opened',
    '/admin/checkpoints',
    '/cases/:case',
    '/cases/:case/break-glass',
    '/calendars',
    '/calendars/geneva',
    '/calendars/new',
    ...['', '/import', '/proposals?place=CH&from=2027&to=2027', '/publish'].map(
      (page) => `/calendars/drafts/:calendar${page}`,
    ),
    ...['', '/clocks/triage', '/clocks/new', '/publish'].map((page) => `/policies/drafts/:policy${page}`),
    ...['/policies', '/policies/1', '/policies/2', '/policies/2/apply?all=yes'],
    ...['/mail-rules', '/mail-rules/edit', '/mail-rules/versions/1', '/sequences', '/standing-offers/new'],
  ],
};
