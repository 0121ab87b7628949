// Load generators. Every call's latency counts from the instant at which it was meant to be sent.
import { setTimeout as sleep } from 'node:timers/promises';

const now = () => performance.now();

/** Runs `work(index)` for every index, `width` at a time. */
export async function inParallel(width, count, work) {
  let next = 0;
  const one = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, one));
}

/**
 * Clients that send their next call when the last one is answered: what the system can do.
 * @param {(client: number) => Promise<unknown>} call throws when the answer is not what it should be
 * @returns {Promise<{ perSecond: number, latencies: number[], ok: number, failed: string[] }>} latencies in ms
 */
export async function closedLoop({ clients, ms, call }) {
  const tally = newTally();
  const since = now();
  const one = async (client) => {
    while (now() - since < ms) await timed(tally, now(), () => call(client));
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => one(client)));
  return { ...tally, perSecond: (tally.ok * 1000) / (now() - since) };
}

/** Calls at a fixed rate, whether or not earlier ones are answered: what a person waits while others also work. */
export async function openLoop({ perSecond, ms, call }) {
  const tally = newTally();
  const since = now();
  const total = Math.floor((perSecond * ms) / 1000);
  const calls = [];
  for (let index = 0; index < total; index += 1) {
    const intended = since + (index * 1000) / perSecond;
    if (intended > now()) await sleep(intended - now());
    calls.push(timed(tally, intended, () => call(index)));
  }
  await Promise.all(calls);
  return { ...tally, perSecond: (tally.ok * 1000) / (now() - since) };
}

const newTally = () => ({ latencies: [], ok: 0, failed: [] });

async function timed(tally, intended, call) {
  try {
    await call();
    tally.ok += 1;
    tally.latencies.push(now() - intended);
  } catch (error) {
    tally.failed.push(String(error));
  }
}
