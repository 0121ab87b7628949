// A port for a server of a test. Plain JavaScript: the set-up needs it before TypeScript runs.
import { createServer } from 'node:net';

// Below every system's range for outgoing connections: a port from within it can be taken by any
// connection between the choice and the listening, or while a server is stopped to be started again.
const FIRST = 10_000;
const SLICE = 2_000;
const SLICES = 11;

/** Spec files run side by side, each in a Jest worker: no two workers share a slice. */
const first = FIRST + (Number(process.env.JEST_WORKER_ID ?? 0) % SLICES) * SLICE;
const given = new Set();

/**
 * A port on 127.0.0.1 that nobody listens on now and that this process has not been given before.
 *
 * @returns {Promise<number>}
 */
export async function freePort() {
  for (;;) {
    const port = first + Math.floor(Math.random() * SLICE);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

function isFree(port) {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}
