// The loans of a sale as files: one CSV a template and one workbook with a sheet a template, with their digests kept with the sale.
import { stringify } from 'csv-stringify';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeXlsxFile, { type Row } from 'write-excel-file/node';
import { decimalToMinor, minorToDecimal } from '../domain/money.js';
import { manifestSha256, type MadeTape, type TapeFile } from '../domain/sale/tape-digest.js';
import { tapeTemplates, type TapeTemplate } from '../domain/sale/tape-fields.js';
import { PortfolioSale } from '../storage/definitions/sales.js';
import { tapeRows, type TapeOf, type TapeRow } from '../storage/sale-tape.js';
import type { SaleRow } from '../storage/sales.js';
import type { Store, Tx } from '../storage/store.js';

export interface SaleTapeOptions {
  sale: string;
  out: string;
  full: boolean;
  by: string;
}

/** Excel takes whoever opens a cell that begins so at its word. */
const safe = { escape_formulas: true };

/** Says why there is no tape. */
export class NoTape extends Error {}

/** @throws NoTape when there is no such sale, or it is not signed and the tape is to be full */
export async function writeSaleTape(
  store: Store,
  { sale: ref, out, full, by }: SaleTapeOptions,
  record: (made: MadeTape) => Promise<unknown>,
  say: (line: string) => void,
): Promise<void> {
  const sale = await store.transaction((tx) => tx.em.findOne(PortfolioSale, { ref }));
  if (!sale) throw new NoTape(`--sale: there is no sale ${ref}`);
  if (full && !['SIGNED', 'ASSIGNED', 'NOTIFIED', 'SETTLED'].includes(sale.state))
    throw new NoTape(`--full: ${ref} is ${sale.state.toLowerCase()}, and names are told after the signature only`);
  await mkdir(out, { recursive: true });
  const { files, totals, asOf } = await write(store, sale, out, full);
  await record({
    saleId: sale.id,
    full,
    asOf,
    loans: totals.loans,
    principalMinor: String(totals.principal),
    legalBalanceMinor: String(totals.legal),
    files,
    actor: by,
  });
  const { currency } = sale;
  const money = (minor: bigint) => minorToDecimal(minor, currency);
  const manifest = {
    sale: ref,
    kind: full ? 'FULL' : 'MASKED',
    asOf,
    currency,
    loans: totals.loans,
    principalBalance: money(totals.principal),
    legalBalance: money(totals.legal),
    sha256: manifestSha256(files),
    files,
  };
  await writeFile(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  say(
    `${totals.loans} loans, legal balance ${money(totals.legal)} ${currency}, ${files.length} files in ${out}, sha256 ${manifest.sha256}`,
  );
  if (!full && (totals.loans !== sale.loans || totals.legal !== sale.legalBalanceMinor))
    throw new NoTape(`The tape does not add up to the sale: ${sale.loans} loans with ${money(sale.legalBalanceMinor)} ${currency}`);
}

interface Totals {
  loans: number;
  principal: bigint;
  legal: bigint;
}

async function write(store: Store, sale: SaleRow, out: string, full: boolean) {
  const files: TapeFile[] = [];
  const sheets: { sheet: string; data: Row[] }[] = [];
  const totals: Totals = { loans: 0, principal: 0n, legal: 0n };
  const minor = (row: TapeRow, field: string) => decimalToMinor(String(row[field]), sale.currency)!;
  const asOf = await store.snapshot(async (tx) => {
    for (const template of tapeTemplates) {
      // A pool has 2,000 loans at most, and so has a sheet that many rows or a few times that.
      const data: Row[] = [template.fields.map(({ name }) => ({ value: name, fontWeight: 'bold' as const }))];
      files.push(
        await writeCsv(tx, template, { saleId: sale.id, full }, out, (row) => {
          data.push(template.fields.map(({ name }) => cellOf(row[name])));
          if (template.name !== '3-loan') return;
          totals.loans++;
          totals.principal += minor(row, 'principal_balance');
          totals.legal += minor(row, 'legal_balance');
        }),
      );
      sheets.push({ sheet: template.title.slice(0, 31), data });
    }
    return (await tx.query<{ on: string }>('select business_date($1)::text as on', [sale.tenant]))[0]!.on;
  });
  files.push(await writeFields(out));
  const name = 'tape.xlsx';
  await writeXlsxFile(sheets).toFile(join(out, name));
  const bytes = await readFile(join(out, name));
  const rows = sheets.reduce((sum, { data }) => sum + data.length - 1, 0);
  files.push({ name, rows, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  return { files, totals, asOf };
}

const cellOf = (value: unknown): Row[number] =>
  value === null || value === undefined ? null : { value: typeof value === 'boolean' ? (value ? 'Y' : 'N') : String(value), type: String };

async function writeCsv(tx: Tx, template: TapeTemplate, of: TapeOf, out: string, each: (row: TapeRow) => void): Promise<TapeFile> {
  const csv = openCsv(
    join(out, `${template.name}.csv`),
    template.fields.map(({ name }) => name),
  );
  let rows = 0;
  for await (const some of tapeRows(tx, template.name, of))
    for (const row of some) {
      rows++;
      each(row);
      await csv.write(row);
    }
  return { name: `${template.name}.csv`, rows, ...(await csv.end()) };
}

/** What each column is, and why one is empty. */
async function writeFields(out: string): Promise<TapeFile> {
  const csv = openCsv(join(out, 'fields.csv'), ['template', 'number', 'name', 'masked_tape', 'full_tape', 'reason']);
  let rows = 0;
  for (const { name: template, fields, unnamed } of tapeTemplates) {
    for (const { number, name, personal, empty } of fields) {
      rows++;
      const [masked, full] = empty ? ['empty', 'empty'] : [personal ? 'empty' : 'filled', 'filled'];
      await csv.write({
        template,
        number,
        name,
        masked_tape: masked,
        full_tape: full,
        reason: empty ?? (personal ? 'it tells of a person' : ''),
      });
    }
    for (const { numbers, what } of unnamed) {
      rows++;
      await csv.write({
        template,
        number: numbers,
        name: '',
        masked_tape: 'no column',
        full_tape: 'no column',
        reason: `${what}: not known to the gateway`,
      });
    }
  }
  return { name: 'fields.csv', rows, ...(await csv.end()) };
}

function openCsv(path: string, columns: string[]) {
  const hash = createHash('sha256');
  let bytes = 0;
  const csv = stringify({ header: true, columns, record_delimiter: 'windows', cast: { boolean: (value) => (value ? 'Y' : 'N') }, ...safe });
  const file = createWriteStream(path);
  csv.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  csv.pipe(file);
  return {
    async write(row: TapeRow): Promise<void> {
      if (!csv.write(row)) await once(csv, 'drain');
    },
    async end(): Promise<Pick<TapeFile, 'bytes' | 'sha256'>> {
      const done = once(file, 'finish');
      csv.end();
      await done;
      return { bytes, sha256: hash.digest('hex') };
    },
  };
}
