// Ctrl-C, SIGTERM, SIGHUP, or the end of a program that forked us: the first asks for an orderly end, a later one forces it.
const controller = new AbortController();

/** Aborted by the first signal; everything that waits listens to it. */
export const interrupted = controller.signal;

export class Interrupted extends Error {}

/** npm passes a Ctrl-C on to us a second time at once: within a second it is the same one. */
export function catchInterrupts(force) {
  let first;
  const onSignal = (signal) => {
    if (first === undefined) {
      first = Date.now();
      controller.abort(new Interrupted(signal));
    } else if (Date.now() - first > 1000) force();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.on(signal, () => onSignal(signal));
}

/** Waits, unless interrupted. */
export function pause(ms, signal = interrupted) {
  return new Promise((done, fail) => {
    if (signal.aborted) return fail(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      fail(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      done();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
