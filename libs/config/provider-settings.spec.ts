import { loadConfig } from './config.js';
import type { ConfigError } from './config.js';

const PROVIDER = { OIDC_ISSUER: 'https://id.example.test', OIDC_CLIENT_ID: 'action48', OIDC_CLIENT_SECRET: 'secret' };
const load = (env: NodeJS.ProcessEnv) => loadConfig({ DATABASE_URL: 'postgres://here/db', ...env });
const problemOf = (env: NodeJS.ProcessEnv): string => {
  try {
    load(env);
    return '';
  } catch (error) {
    return (error as ConfigError).message;
  }
};

describe('the settings of an identity provider', () => {
  it('are none at all, or all three', () => {
    expect(load({}).oidcIssuer).toBe('');
    expect(load(PROVIDER)).toMatchObject({ oidcIssuer: PROVIDER.OIDC_ISSUER, oidcName: 'single sign-on' });
  });

  it.each(Object.keys(PROVIDER))('are wrong without %s, by name', (name) => {
    expect(problemOf({ ...PROVIDER, [name]: '' })).toContain(`  ${name}: must be set with the other OIDC settings`);
  });

  it('name an address over HTTPS in production, and may do without on one’s own machine', () => {
    const http = { ...PROVIDER, OIDC_ISSUER: 'http://127.0.0.1:9000' };
    expect(problemOf(http)).toBe('');
    expect(problemOf({ ...http, DEPLOYMENT: 'production' })).toContain('  OIDC_ISSUER: must be an https:// address');
    expect(problemOf({ ...PROVIDER, OIDC_ISSUER: 'ldap://somewhere' })).toContain(
      '  OIDC_ISSUER: must be an http(s)://',
    );
  });
});
