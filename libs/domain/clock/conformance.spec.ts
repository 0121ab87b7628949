import { readFileSync } from 'node:fs';

import { runVector, type Vector } from './conformance.js';

describe.each(['sla_vectors', 'sla_vectors_generated'])('%s', (file) => {
  const vectors = JSON.parse(readFileSync(`test/vectors/${file}.json`, 'utf8')) as Vector[];

  it.each(['due', 'elapsed', 'next_open', 'local_time', 'scenario'])(
    'agrees on every vector of the kind %s',
    (kind) => {
      const results = vectors.filter((vector) => vector.kind === kind).map(runVector);
      expect(results.length).toBeGreaterThan(0);
      expect(results.filter(({ passed }) => !passed)).toEqual([]);
    },
  );
});
