// The lines that a new partner needs in files that are there: registers, and the settings of docker-compose.yml.
import type { NewPartner } from './partner.js';

/** @throws when the place for the line is not found: then the file has another shape than this knows */
function insert(text: string, place: RegExp, what: (found: string) => string, file: string): string {
  const found = place.exec(text);
  if (!found) throw new Error(`${file} has changed its shape: no place for the new line was found`);
  return text.slice(0, found.index) + what(found[0]) + text.slice(found.index + found[0].length);
}

/** After the last of the lines that match. */
const afterLast = (text: string, lines: RegExp, line: string, file: string): string => {
  const all = [...text.matchAll(lines)];
  const last = all.at(-1);
  if (!last) throw new Error(`${file} has changed its shape: no place for the new line was found`);
  const end = last.index + last[0].length;
  return text.slice(0, end) + line + text.slice(end);
};

/** File → what it becomes. */
export const registers: Readonly<Record<string, (text: string, partner: NewPartner) => string>> = {
  'connectors/index.ts'(text, { id, pascal, kind }) {
    const file = 'connectors/index.ts';
    const imported = afterLast(
      text,
      /^import \{ create\w+ \} from '[^']+\/connector\.js';\n/gm,
      `import { create${pascal} } from './${kind.folder}/${id}/connector.js';\n`,
      file,
    );
    return insert(
      imported,
      /export const partners\b[^{]*\{[\s\S]*?\n\};/,
      (found) => found.replace(/\n\};$/, `\n  ${id.includes('-') ? `'${id}'` : id}: create${pascal},\n};`),
      file,
    );
  },
  'src/sandbox/partners/specs.ts'(text, { id, camel }) {
    const file = 'src/sandbox/partners/specs.ts';
    const imported = afterLast(
      text,
      /^import \{ \w+ \} from '\.\/[^']+\/spec\.js';\n/gm,
      `import { ${camel} } from './${id}/spec.js';\n`,
      file,
    );
    return insert(imported, /= \[[\s\S]*?\];/, (found) => found.replace(/,?\s*\];$/, `, ${camel}];`), file);
  },
  'docker-compose.yml'(text, { id, port }) {
    const file = 'docker-compose.yml';
    const prefix = `PARTNER_${id.toUpperCase().replaceAll('-', '_')}`;
    const secrets = afterLast(
      text,
      /^ {2}PARTNER_\w+_WEBHOOK_SECRETS: .*\n/gm,
      `  ${prefix}_CLIENT_ID: casegraph\n` +
        `  ${prefix}_CLIENT_SECRET: \${PARTNER_SECRET:-only-for-trying-it-out}\n` +
        `  ${prefix}_WEBHOOK_SECRETS: \${WEBHOOK_SECRET:-whsec_b25seSBmb3IgdHJ5aW5nIGl0IG91dA==}\n`,
      file,
    );
    const urls = afterLast(
      secrets,
      /^ {6}PARTNER_\w+_URL: http:\/\/simulators:\d+\n/gm,
      `      ${prefix}_URL: http://simulators:${port}\n`,
      file,
    );
    return insert(
      urls,
      /'127\.0\.0\.1:(\d+)-\d+:\d+-\d+'/,
      (found) => found.replace(/(\d+)-\d+:\d+-\d+'/, (_, first: string) => `${first}-${port}:${first}-${port}'`),
      file,
    );
  },
};
