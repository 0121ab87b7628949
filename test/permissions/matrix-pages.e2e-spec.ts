import { doorsOf } from './doors.js';
import { CHANNELS, everybodyKnocks, TABLE } from './knocking.js';
import { COLUMNS } from './personas.js';
import { DECLARATION, MARKS, nameOf } from './table.js';

jest.setTimeout(180_000);

describe(`the table of ${DECLARATION}, at the doors of pages`, () => {
  everybodyKnocks('pages', (world) => {
    it('declares every door that there is, each once, and no other', () => {
      const [declared, served] = [TABLE.map(nameOf), doorsOf(world().system.app).map(nameOf)];
      expect(served.filter((name) => !declared.includes(name))).toEqual([]);
      expect(declared.filter((name) => !served.includes(name))).toEqual([]);
      expect(declared.filter((name, at) => declared.indexOf(name) !== at)).toEqual([]);
      const tried = Object.values(CHANNELS).flat();
      expect(TABLE.filter(({ channel }) => !tried.includes(channel))).toEqual([]);
    });

    it('says of everybody, at every door, what they meet', () => {
      const unsaid = TABLE.flatMap((row) => {
        expect(Object.keys(row.marks)).toEqual(COLUMNS);
        return COLUMNS.filter((who) => !MARKS.includes(row.marks[who] ?? '')).map((who) => `${nameOf(row)}: ${who}`);
      });
      expect(unsaid).toEqual([]);
    });
  });
});
