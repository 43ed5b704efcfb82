// Cuts the bytes of a file into records: by lines where it has any, by the descriptor word of each record where it has none.

/** More than any record has: its length is told in four digits. */
const enough = 10_000;

/** Text of each record as Latin-1, whatever its length; a piece that is no record comes out as it is and ends an unbroken file. */
export async function* framesOf(source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let held = '';
  let lines: boolean | null = null;
  for await (const chunk of source) {
    held += Buffer.from(chunk).toString('latin1');
    if (lines === null && held.length < enough) continue;
    lines ??= held.includes('\n');
    const { frames, rest } = cut(held, lines);
    yield* frames;
    held = rest;
    if (held.length > enough && !lines) break;
  }
  lines ??= held.includes('\n');
  const { frames, rest } = cut(held, lines);
  yield* frames;
  if (rest) yield rest;
}

function cut(held: string, lines: boolean): { frames: string[]; rest: string } {
  const frames: string[] = [];
  let at = 0;
  for (;;) {
    const end = lines ? endOfLine(held, at) : endByWord(held, at);
    if (end < 0) return { frames, rest: held.slice(at) };
    frames.push(held.slice(at, end));
    at = lines && held[end] === '\n' ? end + 1 : end;
  }
}

/** A line longer than any record is cut, so that it need not be held. */
function endOfLine(held: string, at: number): number {
  const end = held.indexOf('\n', at);
  if (end >= 0 && end - at <= enough) return end;
  return held.length - at > enough ? at + enough : -1;
}

function endByWord(held: string, at: number): number {
  const word = held.slice(at, at + 4);
  const end = at + Number(word);
  return /^\d{4}$/.test(word) && Number(word) >= 4 && end <= held.length ? end : -1;
}
