// A file of placements for agencies without an API: CSV with a row an account, a trailer a currency with its count and sums, and an end with the count of all rows.
import { stringify } from 'csv-stringify/sync';
import type { Money } from '../contract.js';
import type { PlacementOrder } from '../contract/agency.js';
import { readTable, textProblem, type FileProblem } from './table.js';

export interface PlacementInFile {
  /** The delivery by which it is placed: the agency names it in all that it says. */
  placementRef: string;
  order: PlacementOrder;
}

/** One account as a file tells it: all fields as text, by column. */
export type PlacedAccount = Record<(typeof placementColumns)[number], string>;

export const placementColumns = [
  'record',
  'placement_ref',
  'case_ref',
  'account_ref',
  'debtor_ref',
  'debtor_name',
  'national_id',
  'address',
  'phones',
  'currency',
  'principal',
  'interest',
  'fees',
  'total',
  'payments',
  'credits',
  'itemised_on',
  'since',
  'days_past_due',
  'commission_rate',
  'remittance',
  'expires_on',
  'acknowledge_by',
  'status_every_days',
  'contact_days',
  'contact_from_hour',
  'contact_to_hour',
  'time_zone',
  'language',
  'most_attempts',
  'attempts_in_days',
  'ceased_channels',
] as const;

/** What the trailer of a currency adds up. */
const summed = ['principal', 'interest', 'fees', 'total', 'payments', 'credits'] as const;
type Row = Partial<Record<(typeof placementColumns)[number], string>>;

/** In their order; the same placements give the same bytes. */
export function writePlacementFile(placements: readonly PlacementInFile[]): string {
  const accounts = placements.flatMap(rowsOf);
  const currencies = [...new Set(accounts.map(({ currency }) => currency!))].sort();
  const trailers = currencies.map((currency) => trailerOf(currency, accounts));
  const end: Row = { record: 'E', total: String(accounts.length + trailers.length) };
  return stringify([...accounts, ...trailers, end], { header: true, columns: [...placementColumns], record_delimiter: '\n' });
}

function rowsOf({ placementRef, order }: PlacementInFile): Row[] {
  const { debtor, contactPolicy: rules } = order;
  const ofCase: Row = {
    record: 'A',
    placement_ref: placementRef,
    case_ref: order.caseRef,
    debtor_ref: debtor.ref,
    debtor_name: debtor.name,
    national_id: debtor.nationalId ?? '',
    address: debtor.address ?? '',
    phones: debtor.phones.join(';'),
    commission_rate: order.commissionRate,
    remittance: order.commission.remittance,
    expires_on: order.expiresOn,
    acknowledge_by: order.acknowledgeBy,
    status_every_days: String(order.statusEveryDays),
    contact_days: rules.days.join(';'),
    contact_from_hour: String(rules.fromHour),
    contact_to_hour: String(rules.toHour),
    time_zone: rules.timeZone,
    language: rules.language,
    most_attempts: String(rules.attempts.most),
    attempts_in_days: String(rules.attempts.inDays),
    ceased_channels: rules.ceasedChannels.join(';'),
  };
  return order.itemisation.map((account) => ({
    ...ofCase,
    account_ref: account.accountRef,
    currency: account.total.currency,
    itemised_on: account.itemisedOn,
    since: account.since,
    days_past_due: String(order.claim.find(({ accountRef }) => accountRef === account.accountRef)?.daysPastDue ?? 0),
    ...Object.fromEntries(summed.map((column) => [column, (account[column] as Money).amount])),
  }));
}

function trailerOf(currency: string, accounts: readonly Row[]): Row {
  const mine = accounts.filter((row) => row.currency === currency);
  const sums = summed.map((column) => [column, sumOf(mine.map((row) => row[column]!))]);
  return { record: 'T', account_ref: String(mine.length), currency, ...Object.fromEntries(sums) };
}

const amountText = /^\d{1,18}(?:\.(\d{1,4}))?$/;

/** Exact, with as many decimals as the longest. */
function sumOf(amounts: readonly string[]): string {
  const decimals = Math.max(0, ...amounts.map((amount) => amountText.exec(amount)?.[1]?.length ?? 0));
  const minor = amounts.reduce((sum, amount) => {
    const [whole, part = ''] = amount.split('.');
    return sum + BigInt(whole! + part.padEnd(decimals, '0'));
  }, 0n);
  const text = String(minor).padStart(decimals + 1, '0');
  return decimals ? `${text.slice(0, -decimals)}.${text.slice(-decimals)}` : text;
}

/** Reads such a file as an agency has to: one that disagrees with its trailer is not loaded, and all that is wrong is named. */
export function readPlacementFile(text: string): { accounts: PlacedAccount[] } | { problems: FileProblem[] } {
  const { rows, count, problems } = readTable<PlacedAccount>(text, placementColumns);
  const say = (line: number, problem: string) => void problems.push({ line, problem });
  const accounts = rows.filter(({ row }) => row.record === 'A');
  for (const { line, row } of accounts) {
    for (const column of ['placement_ref', 'case_ref', 'account_ref', 'debtor_name', 'currency'] as const)
      if (!row[column]) say(line, `${column} is missing`);
    for (const column of summed) if (!amountText.test(row[column])) say(line, `${column} is no amount`);
    for (const column of placementColumns) if (textProblem(row[column])) say(line, `${column} ${textProblem(row[column])}`);
  }
  for (const { line, row } of rows) if (!['A', 'T', 'E'].includes(row.record)) say(line, 'record must be A, T or E');
  const end = rows.at(-1);
  if (end?.row.record !== 'E') say(end?.line ?? 1, 'the file has no end');
  else if (end.row.total !== String(count - 1)) say(end.line, `the end counts ${end.row.total} rows and there are ${count - 1}`);
  if (problems.length) return { problems };
  const trailers = rows.filter(({ row }) => row.record === 'T');
  const currencies = new Set(accounts.map(({ row }) => row.currency));
  for (const { line, row } of trailers) {
    const expected = trailerOf(
      row.currency,
      accounts.map((each) => each.row),
    );
    for (const column of ['account_ref', ...summed] as const)
      if (row[column] !== expected[column])
        say(line, `${row.currency}: the trailer says ${column} ${row[column]}, the rows ${expected[column]}`);
    if (!currencies.delete(row.currency)) say(line, `${row.currency}: a trailer without rows, or a second one`);
  }
  for (const currency of currencies) say(end!.line, `${currency} has no trailer`);
  return problems.length ? { problems } : { accounts: accounts.map(({ row }) => row) };
}
