import { runVector } from '#libs/domain/clock/conformance.js';
import type { CliCommand } from '../command.js';
import { UsageError } from '../command.js';
import { readVectors } from './read-vectors.js';

/** `action48 sla conformance FILE`: runs clock vectors through the functions that the product uses. */
export const slaConformance: CliCommand = {
  words: 'sla conformance',
  takes: 'FILE',
  says: 'run a file of clock vectors; ends with `N passed, N failed`',
  run: ({ args, print }) => {
    const [file] = args;
    if (!file) throw new UsageError('Give the file of vectors: action48 sla conformance FILE');
    const results = readVectors(file).map(runVector);
    const failed = results.filter(({ passed }) => !passed);
    const summary = `${results.length - failed.length} passed, ${failed.length} failed`;
    print({ passed: results.length - failed.length, failed }, [
      ...failed.map(
        ({ id, expected, got }) => `${id}\n  expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(got)}`,
      ),
      summary,
    ]);
    return Promise.resolve(failed.length ? 1 : 0);
  },
};
