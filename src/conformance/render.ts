// The report of a run as text that is read by people, and as a badge.
import { levels, type Finding, type Level } from './check.js';
import type { Report } from './run.js';

const nameOf = ({ id, operation }: Finding): string => (operation ? `${id} (${operation})` : id);

/** Whole sentences only where something is wrong: what passed says what was seen in one line. */
export function asText({ kit, partner, at, wanted, reached, passed, findings }: Report): string {
  const lines = [`Casegraph conformance ${kit}: ${partner.name} (${partner.id}, ${partner.kind}) at ${partner.url}, ${at}`];
  for (const level of Object.keys(levels).map(Number) as Level[]) {
    const here = findings.filter((finding) => finding.level === level);
    if (!here.length) continue;
    lines.push('', `Level ${level}: ${levels[level]}${level <= reached ? ' (passed)' : ' (not passed)'}`);
    for (const finding of here) {
      lines.push(`  ${finding.outcome}  ${nameOf(finding)}: ${finding.seen}`);
      if (finding.holdsUp) lines.push(`        expected: ${finding.expected}`);
    }
  }
  const count = (outcome: Finding['outcome']) => findings.filter((finding) => finding.outcome === outcome).length;
  lines.push('', `${count('PASS')} passed, ${count('FAIL')} failed, ${count('SKIP')} skipped.`);
  lines.push(
    passed
      ? `Level ${wanted} is passed.`
      : `Level ${wanted} is not passed${reached ? `; level ${reached} is` : ''}. Held up by ${findings
          .filter(({ holdsUp }) => holdsUp)
          .map(nameOf)
          .join(', ')}.`,
  );
  return `${lines.join('\n')}\n`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** SVG. Its title says the partner, the kit's version and the date. */
export function asBadge({ kit, partner, at, reached }: Report): string {
  const [left, right] = [
    `Casegraph conformance ${kit}`,
    reached ? `level ${reached} · ${at.slice(0, 10)}` : `no level · ${at.slice(0, 10)}`,
  ];
  const width = (text: string) => Math.round(text.length * 6.6) + 20;
  const [a, b] = [width(left), width(right)];
  const color = reached >= 4 ? '#15803d' : reached >= 2 ? '#b45309' : '#b91c1c';
  const title = escaped(`${partner.name}: ${left}, ${right}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${a + b}" height="20" role="img" aria-label="${title}"><title>${title}</title>
<clipPath id="r"><rect width="${a + b}" height="20" rx="4"/></clipPath><g clip-path="url(#r)"><rect width="${a}" height="20" fill="#374151"/><rect x="${a}" width="${b}" height="20" fill="${color}"/></g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle"><text x="${a / 2}" y="14">${escaped(left)}</text><text x="${a + b / 2}" y="14">${escaped(right)}</text></g></svg>
`;
}
