// Fineract's side for the tests: its events encoded as its producer does, by the Avro library and not by the reader that is tried.
import avsc, { type Type } from 'avsc';
import { DecimalType } from '../../connectors/core-banking/fineract/decimal.js';
import { readSchemas } from '../../connectors/core-banking/fineract/schema-set.js';

export const namespace = 'org.apache.fineract.avro';

/** A long as decimal text: one beyond 2^53 has to survive. */
const textLong = avsc.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => String(bytes.readBigInt64LE()),
  toBuffer: (text: string) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(text));
    return bytes;
  },
  fromJSON: String,
  toJSON: String,
  isValid: (value: unknown) => typeof value === 'string' && /^-?\d+$/.test(value),
  compare: (a: string, b: string) => Number(BigInt(a) - BigInt(b)),
});

interface Writer {
  type: Type;
  fingerprint: string;
}

/** The shipped records, by full name, with their fingerprints. */
export const writers: ReadonlyMap<string, Writer> = new Map(
  [...readSchemas('schema/sources/fineract')].map(([fingerprint, { record, type }]): [string, Writer] => [
    record,
    {
      fingerprint,
      type: avsc.Type.forSchema(type.schema({ exportAttrs: true }) as any, {
        registry: { long: textLong } as any,
        logicalTypes: { decimal: DecimalType },
      }),
    },
  ]),
);

/** What is not said is null, and an empty list where null may not be. */
function completed(type: any, value: any): any {
  const { typeName } = type;
  if (typeName === 'record')
    return Object.fromEntries(type.fields.map((each: any) => [each.name, completed(each.type, value?.[each.name])]));
  if (typeName.startsWith('union:')) {
    const other = type.types.find((each: any) => each.typeName !== 'null');
    return value === undefined || value === null ? null : completed(other, value);
  }
  if (typeName === 'array') return (value ?? []).map((each: any) => completed(type.itemsType, each));
  return value;
}

/** Single-object encoding of a record of the shipped set. */
export function framed(record: string, value: object): Buffer {
  const { type, fingerprint } = writers.get(record)!;
  return Buffer.concat([Buffer.from([0xc3, 0x01]), Buffer.from(fingerprint, 'hex'), type.toBuffer(completed(type, value))]);
}

/** One event: what is not given is that of an ordinary day of tenant `default`. */
export interface Told {
  type: string;
  /** Of `dataschema`, without the namespace, e.g. `loan.v1.LoanAccountDataV1`. */
  record: string;
  data: object;
  id?: number;
  category?: string;
  businessDate?: string;
  tenantId?: string;
  key?: string;
  createdAt?: string;
}

let keys = 0;
/** @param data its bytes, where they are not those of the shipped schema */
export const message = (told: Told, data: Buffer = framed(`${namespace}.${told.record}`, told.data)): Buffer =>
  envelope({ ...told, category: told.category ?? 'Loan' }, data);

/** Several events of one aggregate in one message. */
export const bulk = (items: Told[], how: Partial<Told> = {}): Buffer =>
  envelope(
    { ...how, type: 'BulkBusinessEvent', category: 'Bulk', record: 'BulkMessagePayloadV1' },
    framed(`${namespace}.BulkMessagePayloadV1`, {
      datas: items.map(({ type, category = 'Loan', record, data }, i) => ({
        id: i + 1,
        type,
        category,
        dataschema: `${namespace}.${record}`,
        data: framed(`${namespace}.${record}`, data),
      })),
    }),
  );

const envelope = (
  {
    type,
    category,
    record,
    id = 1,
    businessDate = '2024-09-05',
    tenantId = 'default',
    key = `key-${++keys}`,
    createdAt = `${businessDate}T10:15:30.000001`,
  }: Partial<Told>,
  data: Buffer,
) =>
  framed(`${namespace}.MessageV1`, {
    id,
    source: '00000000-0000-4000-8000-000000000000',
    type,
    category,
    createdAt,
    businessDate,
    tenantId,
    idempotencyKey: key,
    dataschema: `${namespace}.${record}`,
    data,
  });

/** As Java's LongSerializer writes it. */
export function longKey(id: number | bigint): Buffer {
  const key = Buffer.alloc(8);
  key.writeBigInt64BE(BigInt(id));
  return key;
}

export const idr = { code: 'IDR', decimalPlaces: 2 };

export interface Line {
  number: number | null;
  from?: string;
  due: string;
  principal?: string;
  paid?: string;
  more?: object;
}

/** An active loan 7 of client 3 with what its lines say; all amounts in IDR. */
export function loanAccount(lines: Line[], more: Record<string, any> = {}): Record<string, any> {
  const total = (of: (line: Line) => string | undefined) =>
    String(lines.filter(({ number }) => number !== null).reduce((sum, line) => sum + Number(of(line) ?? 0), 0));
  const disbursed = total(({ principal }) => principal);
  const paid = total(({ paid }) => paid);
  return {
    id: '7',
    accountNo: '000000007',
    status: { id: 300, code: 'loanStatusType.active', value: 'Active', active: true },
    clientId: '3',
    loanProductId: '4',
    loanProductName: 'Usaha Mikro',
    principal: disbursed,
    graceOnArrearsAgeing: 0,
    timeline: { expectedDisbursementDate: '2024-08-01', actualDisbursementDate: '2024-08-01' },
    ...more,
    summary: {
      currency: idr,
      principalDisbursed: disbursed,
      principalPaid: paid,
      principalOutstanding: String(Number(disbursed) - Number(paid)),
      interestOutstanding: '0',
      feeChargesOutstanding: '0',
      penaltyChargesOutstanding: '0',
      ...more['summary'],
    },
    repaymentSchedule: {
      currency: idr,
      periods: lines.map(({ number, from, due, principal = '0', paid = '0', more = {} }) => ({
        period: number,
        fromDate: from,
        dueDate: due,
        principalDue: principal,
        principalPaid: paid,
        principalWrittenOff: '0',
        ...more,
      })),
    },
  };
}

/** A transaction on loan 7, all of it principal. */
export const transaction = (id: number, date: string, amount: string, more: object = {}): Record<string, any> => ({
  id: String(id),
  loanId: '7',
  type: { id: 2, code: 'loanTransactionType.repayment', value: 'Repayment', repayment: true },
  date,
  submittedOnDate: date,
  currency: idr,
  amount,
  principalPortion: amount,
  manuallyReversed: false,
  ...more,
});
