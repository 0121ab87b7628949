import { COLUMNS } from './personas.js';
import { markOf, MARKS, permissionTable } from './table.js';

const answer = (status: number, location?: string) => ({
  status,
  headers: new Headers(location === undefined ? {} : { location }),
});
const PAGE = ['## Pages', '| method | path | anonymous | owner |', '| --- | --- | --- | --- |'];
const rowsOf = (...lines: string[]) => permissionTable([...PAGE, ...lines].join('\n'));

describe('the table of permissions', () => {
  it('tells apart who must sign in, who may know and not do, who may not know, and who may', () => {
    expect([401, 403, 404, 200, 303, 409, 422].map((status) => markOf(answer(status)))).toEqual([
      ...['→', 'no', '·', 'yes'],
      ...['yes', 'yes', 'yes'],
    ]);
    expect(markOf(answer(303, '/sign-in?next=%2Fqueue'))).toBe('→');
    expect(markOf(answer(303, '/cases/CCM-A9-2026-0001'))).toBe('yes');
  });

  it('takes a server that fails for nothing that it could declare', () => {
    expect(MARKS).not.toContain(markOf(answer(500)));
  });

  it('reads one row a door, with the heading it stands under and the mark of each column', () => {
    expect(rowsOf('| GET | `/queue` | → | yes |')).toEqual([
      { channel: 'Pages', method: 'GET', path: '/queue', marks: { anonymous: '→', owner: 'yes' } },
    ]);
  });

  it('is another when a cell is changed, and has a hole where one is left out', () => {
    expect(rowsOf('| GET | `/queue` | yes | yes |')).not.toEqual(rowsOf('| GET | `/queue` | → | yes |'));
    expect(rowsOf('| GET | `/queue` | → |')[0]?.marks['owner']).toBe('');
  });

  it('has a column for everybody in the legend of the page', () => {
    expect(Object.keys(permissionTable()[0]?.marks ?? {})).toEqual(COLUMNS);
  });
});
