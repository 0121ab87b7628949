import { brokenChains } from '#libs/reconciliation/chains.js';
import type { CliCommand } from '../command.js';
import { UsageError } from '../command.js';

/** `action48 verify [REF]`: recomputes the hash chain of one case, or of all. */
export const verify: CliCommand = {
  words: 'verify',
  takes: '[REF]',
  says: 'check the hash chain of one case, or of every case',
  run: async ({ args, database, print }) => {
    const { checked, broken } = await brokenChains(await database(), args[0]);
    if (args[0] && !checked) throw new UsageError(`There is no case ${args[0]}. \`action48 case list\` names them.`);
    print({ checked, broken }, [
      ...broken.map(({ reference, version }) => `${reference}: the chain breaks at version ${version}`),
      `${checked} cases checked, ${broken.length} broken`,
    ]);
    return broken.length ? 1 : 0;
  },
};
