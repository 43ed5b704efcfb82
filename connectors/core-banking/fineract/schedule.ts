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
    fee: componentOf(period, 'fee', path),
    penalty: componentOf(period, 'penalty', path),
  });
}

/** The names of a component's columns, put together once. */
const columnsOf = (name: string) => ['Due', 'Paid', 'Waived', 'WrittenOff'].map((column) => name + column);
const columns = {
  principal: columnsOf('principal'),
  interest: columnsOf('interest'),
  fee: columnsOf('feeCharges'),
  penalty: columnsOf('penaltyCharges'),
};

function componentOf(period: any, component: keyof typeof columns, path: string): Record<string, string> | null {
  const [due, paid, waived, writtenOff] = columns[component].map((column) => amount(period[column], path, column));
  return due == null ? null : said({ due, paid, waived, writtenOff } as Record<string, string | null>);
}
