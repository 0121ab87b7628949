import { createRequire } from 'node:module';
import type { temporal } from '@temporalio/proto';

type History = temporal.api.history.v1.IHistory;
interface ProtoUtils {
  historyToJSON: (history: History) => string;
  historyFromJSON: (history: unknown) => History;
}
// Not part of the package's public face, and the only way to the JSON that Temporal's own tools read and write.
const { historyToJSON, historyFromJSON } = createRequire(`${process.cwd()}/package.json`)(
  '@temporalio/common/lib/proto-utils.js',
) as ProtoUtils;

/** A history as it is kept in the corpus: without the names of machines, processes, folders and queues. */
export function toFile(history: History): string {
  const events = JSON.parse(historyToJSON(history)) as unknown;
  return `${JSON.stringify(withoutPlaces(events), null, 1)}\n`;
}

export const fromFile = (json: string): History => historyFromJSON(JSON.parse(json));

function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (key === 'identity') return [key, 'recorder'];
      if (key === 'stackTrace') return [key, ''];
      if (key === 'taskQueue') return [key, { name: 'case', kind: 'TASK_QUEUE_KIND_NORMAL' }];
      return [key, withoutPlaces(member)];
    }),
  );
}
