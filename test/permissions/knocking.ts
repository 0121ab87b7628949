import { COLUMNS } from './personas.js';
import { markOf, nameOf, permissionTable } from './table.js';
import type { Row } from './table.js';
import { World } from './world.js';

// So many knocks take their time on a busy machine; nothing here is about speed.
const TIMEOUT_MS = 180_000;

export const TABLE = permissionTable();

/** The channels of the page, by the spec that goes through them: they run side by side, each with a world of its own. */
export const CHANNELS = { pages: ['Pages'], programs: ['JSON', 'Exports', 'Links'] };

/** Everybody knocks at every door of these channels; `more` is tested in the same world. */
export function everybodyKnocks(
  spec: keyof typeof CHANNELS,
  more: (world: () => World) => void = () => undefined,
): void {
  let world: World;
  beforeAll(async () => {
    jest.setTimeout(TIMEOUT_MS);
    world = await World.make();
  }, TIMEOUT_MS);
  afterAll(() => world?.stop());

  more(() => world);

  const rows = TABLE.filter(({ channel }) => CHANNELS[spec].includes(channel));
  it.each(rows.map((row): [string, Row] => [nameOf(row), row]))(
    'has everybody meet what is declared at %s',
    async (_, row) => {
      const met: Record<string, string> = {};
      for (const who of COLUMNS) met[who] = markOf(await world.knock(who, row));
      expect(met).toEqual(row.marks);
    },
    TIMEOUT_MS,
  );
}
