// A repayment schedule of Fineract as instalments: what is due, paid, waived and written off, component by component.
import { amount, needed, said } from './event.js';

/** The period without a number is the disbursement; a down payment is an instalment like the others. By due date. */
export function installmentsOf(schedule: any): Record<string, unknown>[] {
  const periods: any[] = schedule?.periods ?? [];
  const numbered = periods.map((period, i) => ({ period, path: `repaymentSchedule.periods[${i}]` })).filter(({ period }) => period.period);
  return numbered
    .map(({ period, path }) => installmentOf(period, path))
    .sort((a: any, b: any) => (a.dueDate < b.dueDate ? -1 : a.dueDate > b.dueDate ? 1 : a.installmentNumber - b.installmentNumber));
}

function installmentOf(period: any, path: string): Record<string, unknown> {
  return said({
    installmentNumber: period.period,
    fromDate: period.fromDate,
    dueDate: needed(period.dueDate, `${path}.dueDate`),
    principal: componentOf(period, 'principal', path) ?? { due: '0' },
    interest: componentOf(period, 'interest', path),
    fee: componentOf(period, 'feeCharges', path),
    penalty: componentOf(period, 'penaltyCharges', path),
  });
}

function componentOf(period: any, name: string, path: string): Record<string, string> | null {
  const of = (column: string) => amount(period[`${name}${column}`], `${path}.${name}${column}`);
  const due = of('Due');
  return due === null ? null : said({ due, paid: of('Paid'), waived: of('Waived'), writtenOff: of('WrittenOff') });
}
