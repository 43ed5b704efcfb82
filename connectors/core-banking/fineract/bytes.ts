// The bytes of one Avro datum, read strictly: never past the end, and no count is believed that the bytes cannot hold.

/** Bytes that do not follow the schema. The message names the record and field, never a value. */
export class Broken extends Error {}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export class Bytes {
  at = 0;
  /** How many records are open. */
  depth = 0;
  /** The field that is being read. */
  field = '';
  constructor(readonly all: Buffer) {}

  get left(): number {
    return this.all.length - this.at;
  }

  byte(): number {
    if (this.at >= this.all.length) throw this.broken('TRUNCATED');
    return this.all[this.at++]!;
  }

  take(count: number): Buffer {
    if (count > this.left) throw this.broken('TRUNCATED');
    return this.all.subarray(this.at, (this.at += count));
  }

  /** Zigzag; a number where it is exact, which 7 bytes always are. */
  long(): number | bigint {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 7; i++, scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value % 2 ? -(value + 1) / 2 : value / 2;
    }
    let whole = BigInt(value);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      whole |= BigInt(byte & 127) << shift;
      if (byte < 128 && whole < 1n << 64n) return (whole >> 1n) ^ -(whole & 1n);
    }
    throw this.broken('INTEGER_TOO_LONG');
  }

  int(): number {
    const value = this.long();
    if (typeof value === 'bigint' || value !== (value | 0)) throw this.broken('INTEGER_TOO_LONG');
    return value;
  }

  /** A length or a number of entries: each takes a byte at least. */
  count(): number {
    const value = this.long();
    if (value < 0) throw this.broken('NEGATIVE_LENGTH');
    if (value > this.left) throw this.broken('TRUNCATED');
    return Number(value);
  }

  text(): string {
    const bytes = this.take(this.count());
    try {
      return utf8.decode(bytes);
    } catch {
      throw this.broken('NOT_UTF8');
    }
  }

  broken = (what: string): Broken => new Broken(`${what} at ${this.field}`);
}
