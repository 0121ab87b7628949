import { readFileSync } from 'node:fs';

const PAGE = 'docs/security/asvs.md';

interface Row {
  id: string;
  level: string;
  requirement: string;
  status: string;
  evidence: string;
}

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const page = readFileSync(PAGE, 'utf8');
const rows = page
  .split('\n')
  .filter((line) => /^\| *\d+\.\d+\.\d+ *\|/.test(line))
  .map((line): Row => {
    const [id = '', level = '', requirement = '', status = '', evidence = '', ...more] = cellsOf(line);
    if (more.length) throw new Error(`a cell too many: ${line}`);
    return { id, level, requirement, status, evidence };
  });

/** As prettier writes them: some signs of a cell have a stroke before them. */
const unescaped = (text: string): string => text.replace(/\\([\\*_<>{}[\]|`])/g, '$1');

describe('the table of OWASP ASVS 5.0.0', () => {
  it('has the 253 requirements of level 2, 70 of them of level 1, each once', () => {
    expect(rows).toHaveLength(253);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(253);
    expect(rows.filter(({ level }) => level === '1')).toHaveLength(70);
    expect(rows.filter(({ level }) => level === '2')).toHaveLength(183);
    expect(new Set(rows.map(({ id }) => id.split('.')[0])).size).toBe(17);
  });

  it('has no empty cell, and a status that is met, n.a. or open', () => {
    for (const row of rows) {
      const bare = { ...row, evidence: row.evidence.replace(/<!--.*?-->/g, '').trim() };
      expect(Object.entries(bare).filter(([, cell]) => cell === '')).toEqual([]);
      expect({ id: row.id, status: row.status }).toEqual({
        id: row.id,
        status: expect.stringMatching(/^(met|n\.a\.|open)$/),
      });
    }
  });

  it('says how many there are of each', () => {
    const of = (status: string) => rows.filter((row) => row.status === status).length;
    expect(page).toContain(`Today: ${of('met')} met, ${of('n.a.')} n.a., ${of('open')} open.`);
  });

  it('names for everything that is met a test that exists', () => {
    for (const { id, evidence } of rows.filter(({ status }) => status === 'met')) {
      const tests = evidence.split(' · ').map((one) => /^`([^`]+)`: (.+)$/.exec(one));
      expect({ id, named: tests.length > 0 && tests.every(Boolean) }).toEqual({ id, named: true });
      for (const test of tests) {
        const [, file = '', name = ''] = test ?? [];
        const found = readFileSync(file, 'utf8').includes(unescaped(name));
        expect({ id, file, name, found }).toEqual({ id, file, name, found: true });
      }
    }
  });
});
