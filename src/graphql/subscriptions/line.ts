// One client's changes as it takes them: it waits while there are none, and what it has not taken yet is bounded by where they come from.

/** @returns the next change, WAIT until something is there, or END */
export type Take<Change> = () => Promise<Change | typeof WAIT | typeof END>;
export const WAIT = Symbol('wait');
export const END = Symbol('end');

export class Line<Change> implements AsyncGenerator<Change, void, void> {
  private over = false;
  private stirred = false;
  private wake: () => void = () => {};

  constructor(
    private readonly take: Take<Change>,
    private readonly left: () => void,
  ) {}

  /** There may be something to take. */
  stir(): void {
    this.stirred = true;
    this.wake();
  }

  async next(): Promise<IteratorResult<Change, void>> {
    while (!this.over) {
      this.stirred = false;
      const taken = await this.take().catch((error: unknown) => this.throw(error));
      if (this.over || taken === END) break;
      if (taken !== WAIT) return { done: false, value: taken };
      if (!this.stirred) await new Promise<void>((wake) => (this.wake = wake));
    }
    return this.return();
  }

  /** Also while `next` waits, which a generator's own would wait for. */
  async return(): Promise<IteratorResult<Change, void>> {
    if (!this.over) {
      this.over = true;
      this.left();
      this.wake();
    }
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<never> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}

/** One after the other; a failure is told and ends nothing. */
export function inTurn(): (work: () => Promise<void>, failed: () => void) => void {
  let last: Promise<void> = Promise.resolve();
  return (work, failed) => void (last = last.then(work).catch(failed));
}
