/** Lets so many work at a time; the others wait in turn. */
export class Connections {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  /** Waits for a free one, and gives it back when the work is done. */
  with = async <T>(work: () => Promise<T>): Promise<T> => {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((turn) => this.waiting.push(turn));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  };
}
