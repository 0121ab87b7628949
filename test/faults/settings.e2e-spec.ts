import { AppProcess } from '../support/app-process.js';

jest.setTimeout(120_000);

describe('a wrong setting', () => {
  it.each(['api', 'worker', 'mailer'] as const)(
    'keeps the %s from starting, with every wrong name listed',
    async (app) => {
      const wrong = {
        DATABASE_URL: 'mysql://somewhere/else',
        TEMPORAL_ADDRESS: 'no port',
        SMTP_URL: 'http://mail',
        MAIL_SINK: 'maybe',
        MAIL_FROM: 'nobody',
        PUBLIC_URL: 'action48',
        PORT: '99999',
        DEPLOYMENT: 'staging',
        LOG_LEVEL: 'loud',
        SESSION_HOURS: '0',
        COMMAND_DEADLINE_MS: 'soon',
        METRICS_TOKEN: 'too short',
        PAYLOAD_KEYS: 'too-short:c2hvcnQ=',
        TRUST_PROXY: 'all',
        SECURITY_CONTACT: 'ask somebody',
      };
      const launched = AppProcess.launch(app, { ...process.env, ...wrong });
      expect(await launched.ended).toBe('code 1');
      for (const name of Object.keys(wrong)) expect(launched.output).toContain(`  ${name}: `);
      expect(launched.output).not.toContain('    at '); // words for the operator, no stack
    },
  );

  it.each(['api', 'worker', 'mailer'] as const)(
    'of production without a key for payloads, and with files that nothing looks through, keeps the %s from starting',
    async (app) => {
      const production = { DEPLOYMENT: 'production', PAYLOAD_KEYS: '', SCANNER_ADDRESS: 'none' };
      const env = { ...process.env, DATABASE_URL: 'postgres://nowhere', ...production };
      const launched = AppProcess.launch(app, env);
      expect(await launched.ended).toBe('code 1');
      expect(launched.output).toContain('  PAYLOAD_KEYS: must hold a key in production');
      expect(launched.output).toContain('  SCANNER_ADDRESS: none is for a trial');
    },
  );
});
