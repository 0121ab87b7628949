import { existsSync, readFileSync } from 'node:fs';
import { SIGN_IN_METHODS } from '#libs/database/entities/session.entity.js';

const threats = readFileSync('docs/security/threats.md', 'utf8');
const signIn = readFileSync('docs/runbooks/sign-in.md', 'utf8').replace(/\s+/g, ' ');

describe('what is written about security', () => {
  it('names every server that the processes talk to', () => {
    for (const server of ['PostgreSQL', 'Temporal', 'SMTP server', 'identity provider'])
      expect(threats).toContain(`→ ${server}`);
  });

  it('names tests that exist', () => {
    const named = [...threats.matchAll(/`([a-z-]+\/[\w./-]+\.ts)`/g)].map(([, file = '']) => file);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((file) => !existsSync(file))).toEqual([]);
  });

  it('names every way to sign in, with its factors and what keeps from guessing', () => {
    const ways = { password: 'password', passkey: 'passkey', oidc: 'identity provider', code: 'code by mail' };
    expect(Object.keys(ways).sort()).toEqual([...SIGN_IN_METHODS].sort());
    for (const way of Object.values(ways)) expect(signIn).toContain(`| ${way} |`);
    expect(signIn).toContain('| way | for whom | factors | limits |');
  });

  it('says when sessions end, how many there may be, and how they stand to those of the provider', () => {
    for (const word of ['`SESSION_HOURS`', '`SESSION_IDLE_MINUTES`', 'as many at once as they like'])
      expect(signIn).toContain(word);
    expect(signIn).toContain('Signing out ends the session here, not the one at the provider.');
  });

  it('names every key among the settings', () => {
    for (const key of ['SECRETS_KEY', 'PAYLOAD_KEYS', 'CHECKPOINT_KEY', 'OIDC_CLIENT_SECRET', 'METRICS_TOKEN'])
      expect(threats).toContain(`| \`${key}\``);
  });

  it('says how soon a library with a weakness is replaced', () => {
    expect(threats).toMatch(/within 7 days when it is severe\s+and within 30 days otherwise/);
  });

  it('puts no folder of the repository’s history into the image', () => {
    expect(readFileSync('.dockerignore', 'utf8').split('\n')).toContain('.git');
    expect(readFileSync('Dockerfile', 'utf8')).toMatch(/COPY --from=build \/app\/dist \.\/dist/);
  });
});
