import { whyWithheld } from './sink.js';

const trial = { deployment: 'trial', mailSink: 'no', mailAllowed: '' } as const;

describe('mail outside production', () => {
  it.each(['smtp://127.0.0.1:4825', 'smtp://localhost:1025', 'smtp://[::1]:4825'])(
    'goes to a catcher at %s',
    (smtpUrl) => {
      expect(whyWithheld({ ...trial, smtpUrl })).toBeNull();
    },
  );

  it.each([
    'smtp://mail.example.org',
    'smtps://mail.example.org:465',
    'smtp://mail:1025',
    'smtp://127.0.0.1:25', // a server on this machine that sends on
    'smtp://localhost',
    'smtps://localhost:465',
    'smtp://127.0.0.1.example.org:4825',
  ])('does not go to %s, and says what would let it', (smtpUrl) => {
    expect(whyWithheld({ ...trial, smtpUrl })).toContain('MAIL_SINK');
  });

  it('goes to any server that is said to be a sink; in production to any', () => {
    const smtpUrl = 'smtp://mail.example.org';
    expect(whyWithheld({ ...trial, smtpUrl, mailSink: 'yes' })).toBeNull();
    expect(whyWithheld({ ...trial, deployment: 'production', smtpUrl })).toBeNull();
  });

  it('does not write the password of a server into the ledger', () => {
    expect(whyWithheld({ ...trial, smtpUrl: 'smtp://user:secret@mail.example.org' })).not.toMatch(/user|secret/);
  });

  describe('reaches through any other server those who are listed, and nobody else', () => {
    const mailAllowed = 'Tester@Example.org, @pilot.example.net;other@example.org';
    const to = (recipient?: string) =>
      whyWithheld({ ...trial, smtpUrl: 'smtp://mail.example.org', mailAllowed }, recipient);

    it.each(['tester@example.org', 'TESTER@example.ORG', 'anybody@pilot.example.net', 'other@example.org'])(
      'to %s it goes',
      (recipient) => expect(to(recipient)).toBeNull(),
    );

    it.each([
      'someone@example.org',
      'tester@example.org.evil.test',
      'tester@sub.example.org',
      'anybody@sub.pilot.example.net',
      'anybody@evilpilot.example.net',
      'x@pilot.example.net@evil.test',
      '"@pilot.example.net"@evil.test',
      'tester@example.org, thief@evil.test',
      'tester@exаmple.org',
      '@',
      '',
    ])('to %s it does not', (recipient) => expect(to(recipient)).toContain('MAIL_ALLOWED'));
  });
});
