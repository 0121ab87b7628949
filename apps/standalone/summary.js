// The one table at the end of a start: addresses, logins, and what stands in for a part that production has.
const LOGINS = [
  ['aurelia', 'focal point of Aurelia (French, civil law)'],
  ['bravia', 'focal point of Bravia (English, common law); administers its users'],
  ['bravia-admin', 'administrator of the office of Bravia: its people, no requests'],
  ['dunya', 'focal point of Dunya (Arabic, weekend on Friday and Saturday)'],
  ['coordinator', 'coordinator'],
  ['coordinator2', 'second coordinator'],
  ['lead', 'lead of the coordination (escalation level 1)'],
  ['isu', 'Implementation Support Unit (level 2)'],
  ['president', 'Presidency, observer (level 3)'],
  ['legalaid', 'responder, a legal aid organisation'],
  ['coalition', 'responder, a coalition of organisations'],
  ['helvia', 'responder, the State of Helvia'],
  ['zelandia', 'responder, the State of Zelandia'],
  ['admin', 'administrator'],
];

/**
 * @param {ReturnType<typeof import('./settings.js').readSettings>} settings
 * @param {{ databaseUrl: string, temporalAddress: string, smtpUrl: string }} addresses
 */
export function summary(settings, { databaseUrl, temporalAddress, smtpUrl }) {
  const { ports, publicUrl } = settings;
  const own = { database: settings.databaseUrl, temporal: settings.temporalAddress, smtp: settings.smtpUrl };
  return [
    section('Addresses', [
      ['Web', publicUrl],
      own.smtp ? ['Mail', `${masked(smtpUrl)} (SMTP_URL)`] : ['Mail inbox', `${publicUrl}/dev/mail`],
      own.temporal
        ? ['Temporal', `${temporalAddress} (TEMPORAL_ADDRESS)`]
        : ['Temporal UI', `http://localhost:${ports.TEMPORAL_UI_PORT}`],
      ['Database', `${masked(databaseUrl)} (${own.database ? 'DATABASE_URL' : 'its password is in the data folder'})`],
      ['Data and logs', settings.data],
    ]),
    section(
      'Logins, all with the password action48-demo',
      LOGINS.map(([name, who]) => [`${name}@demo.action48.test`, who]),
    ),
    section('Stand-ins: what this trial has in the place of a production part', standIns(own)),
  ].join('\n');
}

function standIns(own) {
  const given = (variable) => `none: ${variable} is set`;
  return [
    ['PostgreSQL', own.database ? given('DATABASE_URL') : 'embedded PostgreSQL 18 in the data folder'],
    ['Temporal', own.temporal ? given('TEMPORAL_ADDRESS') : 'development server on one SQLite file'],
    ['Mail', own.smtp ? given('SMTP_URL') : 'mail catcher: no mail leaves this machine'],
    ['Cases', 'demonstration data of invented States'],
  ];
}

function section(title, rows) {
  const width = Math.max(...rows.map(([name]) => name.length));
  return ['', title, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)].join('\n');
}

/** Somebody's own password does not belong on the screen. */
function masked(url) {
  try {
    const parsed = new URL(url);
    if (parsed.password) parsed.password = '***';
    return parsed.toString();
  } catch {
    return 'set';
  }
}
