// What a person sees: one line a part, a running count of seconds for what takes long, errors as cause and remedy.
const live = process.stdout.isTTY === true;
const pending = new Map();
const INDENT = ' '.repeat(11);

// A closed terminal (SIGHUP) or pipe must not end us before everything is stopped.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** An error that a person can act upon: what happened, and what to do. */
export class Problem extends Error {
  constructor(cause, remedy) {
    super(cause);
    this.remedy = remedy;
  }
}

export function say(part, text) {
  clear();
  process.stdout.write(`${part.padEnd(9)}  ${text}\n`);
  draw();
}

/** Prints as is, for tables. */
export function print(text) {
  clear();
  process.stdout.write(`${text}\n`);
  draw();
}

export function complain(error) {
  clear();
  const cause = error instanceof Problem ? error.message : (error?.stack ?? String(error));
  const remedy = error?.remedy ? `\n\nWhat to do: ${error.remedy}.` : '';
  process.stderr.write(`\n${cause}${remedy}\n`);
}

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Shows `text` with the seconds gone by while `work` runs; without a terminal, a line now and every ten seconds. */
export async function during(part, text, work, { announce = false } = {}) {
  const since = Date.now();
  pending.set(part, { text, since });
  if (announce && !live) say(part, `${text} …`);
  const elapsed = () => Math.round((Date.now() - since) / 1000);
  const timer = live ? setInterval(draw, 1000) : setInterval(() => say(part, `${text} (${elapsed()} s)`), 10_000);
  draw();
  try {
    return await work();
  } finally {
    clearInterval(timer);
    pending.delete(part);
    clear();
    draw();
  }
}

/** The last lines of a log, set in under the line that names it. */
export const tail = (text, count = 12) =>
  text
    .trim()
    .split('\n')
    .slice(-count)
    .map((line) => INDENT + line)
    .join('\n');

function clear() {
  if (live && pending.size) process.stdout.write('\r\x1b[2K');
}

function draw() {
  if (!live || !pending.size) return;
  const parts = [...pending].map(
    ([part, { text, since }]) => `${part}: ${text} ${Math.round((Date.now() - since) / 1000)} s`,
  );
  process.stdout.write(`\r\x1b[2K${parts.join(' · ').slice(0, (process.stdout.columns || 80) - 1)}`);
}
