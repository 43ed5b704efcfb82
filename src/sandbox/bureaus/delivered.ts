// Files as a bureau receives them: their lines one by one, and what can be wrong with them.

export interface DeliveredFile {
  name: string;
  bytes: AsyncIterable<Uint8Array>;
}

/** What a bureau has to say against a file. */
export interface Problem {
  file: string;
  /** From 1; 0 where the file as a whole is meant. */
  line: number;
  /** Of the record, as the bureau knows it; empty where that cannot be told. */
  key: string;
  field: string;
  /** Of a rule or, where no rule is broken but the shape, one of EMPTY, UTF8, TOO_LONG, TRUNCATED and what the format adds. */
  code: string;
  words: string;
}

export interface Line {
  number: number;
  text: string;
  /** With what it ended; empty only for a last line that did not end. */
  end: '\r\n' | '\n' | '';
}

export type LineFault = 'UTF8' | 'TOO_LONG';

const longestLine = 1024 * 1024;

/** Lines of a file of any size, one in memory at a time. A line that cannot be read ends the file: `fault` says why. */
export async function* linesOf(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Line | { number: number; fault: LineFault }, void, undefined> {
  let number = 0;
  let rest = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const buffer: Buffer = rest.length ? Buffer.concat([rest, chunk]) : Buffer.from(chunk);
    let from = 0;
    for (let at = buffer.indexOf(10); at >= 0; at = buffer.indexOf(10, from)) {
      const line = lineOf(++number, buffer.subarray(from, at + 1));
      yield line;
      if ('fault' in line) return;
      from = at + 1;
    }
    rest = Buffer.from(buffer.subarray(from));
    if (rest.length > longestLine) {
      yield { number: number + 1, fault: 'TOO_LONG' };
      return;
    }
  }
  if (rest.length) yield lineOf(number + 1, rest);
}

function lineOf(number: number, bytes: Buffer): Line | { number: number; fault: LineFault } {
  if (bytes.length > longestLine) return { number, fault: 'TOO_LONG' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { number, fault: 'UTF8' };
  }
  const end = text.endsWith('\r\n') ? '\r\n' : text.endsWith('\n') ? '\n' : '';
  return { number, text: text.slice(0, text.length - end.length), end };
}
