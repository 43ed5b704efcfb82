// Remittances for tests: lines of any sums with the totals that they make.
import type { RemittanceFile, RemittanceLine } from '../../connectors/contract/remittance.js';
import { decimalToMinor, minorToDecimal } from '../../src/domain/money.js';

export type Parts = [principal: bigint, interest: bigint, fee: bigint, penalty: bigint];

export const lineOf = (
  line: number,
  paymentIdentifier: string,
  placement: string,
  parts: Parts,
  over: Partial<RemittanceLine> = {},
): RemittanceLine => {
  const text = (minor: bigint) => minorToDecimal(minor, 'IDR');
  const [principal, interest, fee, penalty] = parts.map(text) as [string, string, string, string];
  const amount = text(parts.reduce((sum, each) => sum + each, 0n));
  return {
    line,
    paymentIdentifier,
    type: 'PA',
    placement,
    paidOn: '2026-06-01',
    via: 'PARTNER',
    reverses: null,
    amount,
    principal,
    interest,
    fee,
    penalty,
    ...over,
  };
};

export function remittanceOf(ref: string, lines: RemittanceLine[], over: Partial<RemittanceFile> = {}): RemittanceFile {
  const total = (name: 'amount' | 'principal' | 'interest' | 'fee' | 'penalty') =>
    minorToDecimal(
      lines.reduce((sum, line) => sum + decimalToMinor(line[name], 'IDR')! * (line.type === 'PA' ? 1n : -1n), 0n),
      'IDR',
    );
  const totals = {
    count: lines.length,
    amount: total('amount'),
    principal: total('principal'),
    interest: total('interest'),
    fee: total('fee'),
    penalty: total('penalty'),
  };
  return { ref, remittedOn: '2026-06-01', currency: 'IDR', basis: 'NET', lines, totals, ...over };
}
