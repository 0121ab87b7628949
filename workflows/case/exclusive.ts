/** Runs steps one at a time, in the order in which they were asked for; one that fails does not stop the next. */
export class Exclusive {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(step: () => Promise<T>): Promise<T> {
    const result = this.last.then(step);
    this.last = result.catch(() => undefined);
    return result;
  }
}
