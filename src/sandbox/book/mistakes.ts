// What is wrong with a book of files: where it is and what is expected there, never what stands there.
export interface Mistake {
  file: string;
  /** The first is 1, the header; null when it is of the whole file. */
  line: number | null;
  column: string | null;
  expected: string;
}

export class BadBook extends Error {
  constructor(
    readonly mistakes: readonly Mistake[],
    /** All of them, also those beyond the limit. */
    readonly count: number,
  ) {
    const more = count - mistakes.length;
    super(
      [
        `The book has ${count} ${count === 1 ? 'mistake' : 'mistakes'}; nothing was sent.`,
        ...mistakes.map(told),
        ...(more ? [`… and ${more} more`] : []),
      ].join('\n'),
    );
  }
}

const told = ({ file, line, column, expected }: Mistake): string =>
  `${file}${line === null ? '' : `, line ${line}`}${column === null ? '' : `, column ${column}`}: ${expected}`;

/** Keeps the first of them and counts the rest. */
export class Mistakes {
  private readonly kept: Mistake[] = [];
  private count = 0;

  constructor(private readonly most: number) {}

  add(file: string, line: number | null, column: string | null, expected: string): void {
    this.count++;
    if (this.kept.length < this.most) this.kept.push({ file, line, column, expected });
  }

  /** @throws BadBook when there are any */
  throwAny(): void {
    if (this.count) throw new BadBook(this.kept, this.count);
  }
}
