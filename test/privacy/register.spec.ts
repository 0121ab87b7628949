import { readFileSync } from 'node:fs';
import { getMetadataArgsStorage } from 'typeorm';
import { ENTITIES } from '#libs/database/entities/index.js';

/** Columns that may hold what somebody wrote or who somebody is. */
const WORDY = ['text', 'jsonb', 'json', 'varchar', 'inet', 'bytea'];

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function columnsOfEntities(): string[] {
  const { tables, columns } = getMetadataArgsStorage();
  return ENTITIES.flatMap((entity) => {
    const table = tables.find(({ target }) => target === entity)?.name ?? '';
    return columns
      .filter(({ target, options }) => target === entity && WORDY.includes(String(options.type)))
      .map(({ options, propertyName }) => `${table}.${options.name ?? snake(propertyName)}`);
  });
}

/** Every `table.column` of the register, from both of its tables. */
const registered = (): string[] => {
  const text = readFileSync('docs/privacy.md', 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([a-z_0-9]+\.[a-z_0-9]+)`/g)].map(([, name]) => name ?? ''),
  );
};

describe('the register of personal data', () => {
  it('names every column that can hold words, once, and none that does not exist', () => {
    const columns = columnsOfEntities();
    expect(columns.length).toBeGreaterThan(80);
    expect(columns.filter((one) => !registered().includes(one))).toEqual([]);
    expect(registered().filter((one) => !columns.includes(one))).toEqual([]);
    expect(registered().filter((one, index, all) => all.indexOf(one) !== index)).toEqual([]);
  });

  it('says of each personal column why it is held, who sees it, how long, and how it is erased', () => {
    const [, personal = ''] = readFileSync('docs/privacy.md', 'utf8').split('## Personal data');
    const rows = (personal.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      const cells = row.split('|').slice(1, -1);
      expect(cells).toHaveLength(5);
      for (const cell of cells) expect(cell.trim()).not.toBe('');
    }
  });
});
