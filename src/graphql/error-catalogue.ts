// The catalogue of errors as it is published in schema/errors.md, made from the code that answers with them.
import 'reflect-metadata';
import { caseActions } from '../domain/case/guards.js';
import { refusals, typesOfRefusals } from './mutations/user-errors.js';
import { faults, isRetryable, type FaultCode } from './reader/problem.js';

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

export function errorCatalogue(): string {
  const ofFaults = Object.entries(faults).map(([code, { status, means }]) => [
    `\`${code}\``,
    String(status),
    isRetryable(code as FaultCode) ? 'yes' : 'no',
    means,
  ]);
  const ofRefusals = Object.entries(refusals).map(([code, means]) => [
    `\`${code}\``,
    `\`${typesOfRefusals[code as keyof typeof refusals]}\``,
    means,
  ]);
  return `<!-- Written by \`npm run schema\`; never edited. -->

# Errors

## Faults

In \`errors[].extensions\`, with \`code\`, \`retryable\`, \`traceId\` and, where trying again helps, \`retryAfterMs\`. More codes may come: keep a default branch.

${table(['code', 'HTTP status', 'retryable', 'means'], ofFaults)}

## Refusals

In \`userErrors\` of a payload; an empty list means success. All have \`code\`, \`message\` and \`path\`.

${table(['code', 'type', 'means'], ofRefusals)}

Which of ${caseActions.map((name) => `\`${name}\``).join(', ')} a case allows now, and if not, by which rule and until when, is told by \`availableActions\`.
`;
}
