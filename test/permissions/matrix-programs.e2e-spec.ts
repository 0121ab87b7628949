import { everybodyKnocks, TABLE } from './knocking.js';
import { COLUMNS } from './personas.js';
import { DECLARATION, markOf, nameOf } from './table.js';

jest.setTimeout(180_000);

/** What a request must have is public, and so is how far the clock of a demonstration may be moved. */
const FORM_FIRST = ['POST /api/v1/requests', 'POST /api/v1/demo/clock'];

describe(`the table of ${DECLARATION}, at the doors of programs, files and links`, () => {
  everybodyKnocks('programs', (world) => {
    it('tells whoever may not pass nothing of what a wrong form lacks', async () => {
      const told: string[] = [];
      const doors = TABLE.filter(
        (row) => row.channel === 'JSON' && row.method !== 'GET' && !FORM_FIRST.includes(nameOf(row)),
      );
      // Who reads a case may know what its steps need.
      for (const row of doors)
        for (const who of COLUMNS.filter((one) => row.marks[one] === '·' || isRefused(row, one))) {
          const mark = markOf(await world().knock(who, row, { nothing: 'of use' }));
          if (mark !== row.marks[who]) told.push(`${nameOf(row)}: ${who} meets ${mark}`);
        }
      expect(told).toEqual([]);
    });
  });
});

const isRefused = ({ path, marks }: (typeof TABLE)[number], who: string): boolean =>
  marks[who] === 'no' && !path.includes('/cases/');
