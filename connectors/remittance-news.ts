// A remittance as it comes with a callback: checked field by field; one that is not of the form is told back to its sender, and nothing of it is kept.
import type { Callback } from './contract.js';
import type { RemittanceFile, RemittanceLine } from './contract/remittance.js';
import { headRules, lineRules, mostLines, problemsOf, totalRules } from './remittance-fields.js';

const object = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
const only = (of: Record<string, unknown>, rules: object): Record<string, unknown> =>
  Object.fromEntries(Object.keys(rules).map((name) => [name, of[name]]));

export function readRemittanceNews(callback: Callback): { callback: Callback } | { problem: string } {
  if (callback.type !== 'remittance.submitted') return { callback };
  const { data } = callback;
  const totals = object(data['totals']);
  const lines = data['lines'];
  if (!totals) return { problem: '/data/totals is missing' };
  if (!Array.isArray(lines) || lines.length > mostLines) return { problem: `/data/lines is not a list of at most ${mostLines}` };
  const [wrong] = problemsOf(0, data, headRules);
  if (wrong) return { problem: `/data/${wrong.words}` };
  const read: RemittanceLine[] = [];
  for (const [i, each] of lines.entries()) {
    const of = object(each);
    const fault = of ? problemsOf(i + 1, of, lineRules)[0]?.words : 'is no object';
    if (fault) return { problem: `/data/lines/${i} ${fault}` };
    read.push({ ...(only(of!, lineRules) as unknown as RemittanceLine), line: i + 1, reverses: (of!['reverses'] as string) || null });
  }
  const [fault] = problemsOf(0, totals, totalRules);
  if (fault || typeof totals['count'] !== 'number') return { problem: `/data/totals/${fault?.words ?? 'count is not a whole number'}` };
  const remittance = { ...only(data, headRules), lines: read, totals: only(totals, totalRules) } as unknown as RemittanceFile;
  return { callback: { ...callback, data: remittance as unknown as Record<string, unknown> } };
}
