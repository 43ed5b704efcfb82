// What a tenant settles about its reporting to credit bureaus: which loans go where, in whose name, and the codes that no loan book knows.
import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import type { FileAccount, FileHeader } from '../../connectors/bureau-file.js';

type Codes = Readonly<Record<string, string>>;

export interface BureauSettings {
  /** By which commands and the graph name the bureau. */
  id: string;
  /** E.g. `slik`. */
  format: string;
  tenant: string;
  /** Loans of these go into its files. */
  jurisdictions: readonly string[];
  /** All when left out. */
  currencies?: readonly string[];
  reporter: FileHeader['reporter'];
  /** Day of the month after the period by which its file has to be there. */
  dueDay: number;
  /** Of accounts, branches and collateral. `letters-and-digits` leaves out all else; two accounts that become one stop the file. */
  identifiers?: 'as-told' | 'letters-and-digits';
  /** Codes of every account, borrower, guarantor and collateral; those that the source tells of one go before them. */
  codes?: { account?: Codes; borrower?: Codes; guarantor?: Codes; collateral?: Codes };
  /** By product id or product class, before `codes.account`. */
  products?: Readonly<Record<string, { kind?: FileAccount['kind']; codes?: Codes }>>;
  /** Who bought loans, by the id that the source gives them. */
  buyers?: Readonly<Record<string, { name: string; reports?: boolean; stillManaged?: boolean }>>;
  /** What the format itself asks for, e.g. Metro 2's programs. */
  ofFormat?: Readonly<Record<string, unknown>>;
}

const words = { type: 'string', minLength: 1, maxLength: 200 };
const codes = { type: 'object', additionalProperties: { type: 'string', maxLength: 200 } };
const isSettings = new Ajv({ allErrors: true }).compile({
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'format', 'tenant', 'jurisdictions', 'reporter', 'dueDay'],
    properties: {
      id: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,39}$' },
      format: words,
      tenant: words,
      jurisdictions: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[A-Z]{2}$' } },
      currencies: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[A-Z]{3}$' } },
      reporter: {
        type: 'object',
        additionalProperties: false,
        required: ['code', 'name'],
        properties: { code: words, type: words, name: words, address: words, phone: words },
      },
      dueDay: { type: 'integer', minimum: 1, maximum: 28 },
      identifiers: { enum: ['as-told', 'letters-and-digits'] },
      codes: {
        type: 'object',
        additionalProperties: false,
        properties: { account: codes, borrower: codes, guarantor: codes, collateral: codes },
      },
      products: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          additionalProperties: false,
          properties: { kind: { enum: ['INSTALMENT', 'MORTGAGE', 'REVOLVING', 'LINE_OF_CREDIT', 'OPEN'] }, codes },
        },
      },
      buyers: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          additionalProperties: false,
          required: ['name'],
          properties: { name: words, reports: { type: 'boolean' }, stillManaged: { type: 'boolean' } },
        },
      },
      ofFormat: { type: 'object' },
    },
  },
});

/** @param formats those that there are. @throws Error naming the place in the file */
export function readBureauSettings(file: string, formats: readonly string[]): BureauSettings[] {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`BUREAUS_FILE: ${file} cannot be read: ${(error as Error).message}`);
  }
  const fault = (words: string) => new Error(`BUREAUS_FILE: ${file}: ${words}`);
  if (!isSettings(read)) throw fault(isSettings.errors!.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`).join('; '));
  const settings = read as BureauSettings[];
  for (const [i, { id, format }] of settings.entries()) {
    if (!formats.includes(format)) throw fault(`/${i}/format must be one of ${formats.join(', ')}`);
    if (settings.findIndex((each) => each.id === id) !== i) throw fault(`/${i}/id ${id} is there twice`);
  }
  return settings;
}
