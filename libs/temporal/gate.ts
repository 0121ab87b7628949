/**
 * At most `width` calls per case at a time from this process; the rest wait their turn. The eleventh update in flight
 * on one workflow would abort the others.
 */
export class Gate {
  private readonly queues = new Map<string, { running: number; waiting: (() => void)[] }>();

  constructor(private readonly width = 4) {}

  async run<T>(key: string, call: () => Promise<T>): Promise<T> {
    const queue = this.queues.get(key) ?? { running: 0, waiting: [] };
    this.queues.set(key, queue);
    if (queue.running >= this.width) await new Promise<void>((go) => queue.waiting.push(go));
    else queue.running += 1;
    try {
      return await call();
    } finally {
      const next = queue.waiting.shift();
      if (next) next();
      else if ((queue.running -= 1) === 0) this.queues.delete(key);
    }
  }
}
