// Fills what code answers into JSON text without reading the rest of it: only what lies between two marks is parsed.
import { gapMark } from '../../storage/reader/write.js';
import type { Gap } from './compile.js';

export async function fillGaps(text: string, gaps: Gap[], context: unknown): Promise<string> {
  const parts = text.split(gapMark); // text, gap, text, gap, …, text
  const found = gaps.map((): number[] => []);
  for (let i = 1; i < parts.length; i += 2) found[parseInt(parts[i]!)]!.push(i);
  await Promise.all(
    gaps.map(async ({ fill, complete }, index) => {
      const places = found[index]!.map((at) => ({ at, gap: parts[at]! }));
      const answers = await fill(
        places.map(({ gap }) => JSON.parse(gap.slice(gap.indexOf(':') + 1))),
        context as never,
      );
      places.forEach(({ at }, n) => (parts[at] = JSON.stringify(complete(answers[n]))));
    }),
  );
  return parts.join('');
}
