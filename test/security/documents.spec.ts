import { existsSync, readFileSync } from 'node:fs';

const threats = readFileSync('docs/security/threats.md', 'utf8');

describe('what is written about security', () => {
  it('names every server that the processes talk to', () => {
    for (const server of ['PostgreSQL', 'Temporal', 'SMTP server']) expect(threats).toContain(`→ ${server}`);
  });

  it('names tests that exist', () => {
    const named = [...threats.matchAll(/`([a-z-]+\/[\w./-]+\.ts)`/g)].map(([, file = '']) => file);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((file) => !existsSync(file))).toEqual([]);
  });

  it('says how soon a library with a weakness is replaced', () => {
    expect(threats).toMatch(/within 7 days when it is severe\s+and within 30 days otherwise/);
  });

  it('puts no folder of the repository’s history into the image', () => {
    expect(readFileSync('.dockerignore', 'utf8').split('\n')).toContain('.git');
    expect(readFileSync('Dockerfile', 'utf8')).toMatch(/COPY --from=build \/app\/dist \.\/dist/);
  });
});
