// A statement while it is being written: names for rows, and the parameters in the order of their numbers.
import type { Page, Profile, Read } from './shape.js';

export class Draft {
  private rows = 0;

  constructor(
    readonly profile: Profile,
    readonly keys: CursorKeys,
    /** Those that are bound already, by their numbers. */
    readonly reads: Read[] = [],
  ) {}

  alias(): string {
    return `t${this.rows++}`;
  }

  bind(read: Read, type: string): string {
    const known = this.reads.indexOf(read);
    return `$${known < 0 ? this.reads.push(read) : known + 1}::${type}`;
  }
}

/** The two padded keys of HMAC-SHA-256, so that Postgres can sign with its own sha256. */
export interface CursorKeys {
  inner: Read<Buffer>;
  outer: Read<Buffer>;
}

/** Where the writer stands: in a row, or on a page of rows with the row above it. */
export interface Place {
  row: string;
  page?: Page;
  above?: string;
  /** Whether all rows here are of the page, with none beyond it. */
  whole?: boolean;
}
