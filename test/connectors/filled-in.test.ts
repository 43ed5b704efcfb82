// Nothing of a partner is left to be filled in: what `npm run new:connector` could not know is named here, place by place.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['connectors', 'src/sandbox/partners', 'schema/partners'];

it('has every partner filled in', () => {
  const left = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|yaml)$/.test(file))
      .flatMap((file) =>
        readFileSync(join(folder, file), 'utf8')
          .split('\n')
          .flatMap((line, i) => (/FILL[ -]IN/.test(line) ? [`${join(folder, file)}:${i + 1} ${line.trim()}`] : [])),
      ),
  );
  expect(left).toEqual([]);
});
