// What Fineract does not say of itself: its settings, with defaults, and what is wrong with them by name.
import { schemaFolder } from '../../published.js';
import { changedFields } from './known-fields.js';
import { readSchemas, type Schemas } from './schema-set.js';

export interface FineractSettings {
  schemas: Schemas;
  /** CloudEvents source of all that it tells; Fineract's own is another one each time it is started. */
  source: string;
  /** The middle of `{tenant}/{system}/{loan}`. */
  system: string;
  /**
   * `contained`: the snapshot of a commit holds its transactions and charges, and comes before them with a lower id, so that counted on top they would pay twice.
   * `counted`: the bank sends no snapshot with them, and those after a snapshot are counted on top of it.
   */
  transactions: 'contained' | 'counted';
  /** How often the 32 bits of the message id have begun again. */
  idWraps: number;
  jurisdictionOf: Choice;
  productClassOf: Choice;
  timeZoneOf: Choice;
  languageOf: Choice;
}

/** The value for the first of the names that has one; null when none has. */
export type Choice = (...names: (string | null | undefined)[]) => string | null;

type Given = Readonly<Record<string, string | undefined>>;

/** Where there is one zone and one language, or most people live in one; the others are for the bank to say. */
const usual: Readonly<Record<string, { timeZone: string; language: string }>> = {
  ID: { timeZone: 'Asia/Jakarta', language: 'id' },
  CN: { timeZone: 'Asia/Shanghai', language: 'zh' },
};

const everything = '*';

/** @param given the FINERACT_ variables without their prefix. @throws Error that names each setting that is wrong */
export function readSettings(given: Given): FineractSettings {
  const problems: string[] = [];
  const matching = (name: string, fallback: string, shape: RegExp, is: string): string => {
    const value = given[name]?.trim() || fallback;
    if (!shape.test(value)) problems.push(`FINERACT_${name} must be ${is}`);
    return value;
  };
  const choice = (name: string, isRight: (value: string) => boolean, is: string): Map<string, string> => {
    const chosen = readChoice(given[name] ?? '');
    if ([...chosen.values()].some((value) => !isRight(value))) problems.push(`FINERACT_${name} must be ${is}, or a list of name=value`);
    return chosen;
  };
  /** What a jurisdiction has as a rule stands for its tenants that are not named. */
  const withUsual = (name: string, what: 'timeZone' | 'language', chosen: Map<string, string>): Map<string, string> => {
    for (const [tenant, jurisdiction] of jurisdictions) {
      if (chosen.has(tenant) || chosen.has(everything) || !isCountry(jurisdiction)) continue;
      const value = usual[jurisdiction]?.[what];
      if (value) chosen.set(tenant, value);
      else problems.push(`FINERACT_${name} must be set for ${tenant === everything ? jurisdiction : tenant}`);
    }
    return chosen;
  };

  const source = matching('SOURCE', '/fineract', /^\S{1,200}$/, 'a URI reference');
  const system = matching('SYSTEM', 'fineract', /^[^\s/]{1,40}$/, 'a name without slash or blank');
  const transactions = matching('TRANSACTIONS', 'contained', /^(contained|counted)$/, 'contained or counted') as 'contained' | 'counted';
  const idWraps = Number(matching('ID_WRAPS', '0', /^\d{1,2}$/, 'a whole number from 0 to 99'));
  const jurisdictions = choice('JURISDICTION', isCountry, 'an ISO 3166-1 code');
  if (!jurisdictions.size) problems.push('FINERACT_JURISDICTION is not set');
  const classes = choice('PRODUCT_CLASSES', (value) => /^[A-Z][A-Z0-9_]{0,63}$/.test(value), 'a class like CONSUMER');
  if (!classes.size) classes.set(everything, 'CONSUMER');
  const timeZones = withUsual('TIME_ZONE', 'timeZone', choice('TIME_ZONE', isTimeZone, 'an IANA time zone'));
  const languages = withUsual('LANGUAGE', 'language', choice('LANGUAGE', isLanguage, 'a language tag'));
  const schemas = openSchemas(given['SCHEMAS']?.trim(), problems);
  if (problems.length) throw new Error(problems.join('; '));
  return {
    schemas,
    source,
    system,
    transactions,
    idWraps,
    jurisdictionOf: chooser(jurisdictions),
    productClassOf: chooser(classes),
    timeZoneOf: chooser(timeZones),
    languageOf: chooser(languages),
  };
}

/** `ID` or `default=ID,east=CN,*=ID`: a value alone is for everything that is not named. */
function readChoice(text: string): Map<string, string> {
  const entries = text.split(',').filter((each) => each.trim());
  return new Map(
    entries.map((each): [string, string] => {
      const at = each.lastIndexOf('=');
      return at < 0 ? [everything, each.trim()] : [each.slice(0, at).trim(), each.slice(at + 1).trim()];
    }),
  );
}

function chooser(chosen: ReadonlyMap<string, string>): Choice {
  return (...names) => {
    for (const name of [...names, everything]) {
      const value = name ? chosen.get(name) : undefined;
      if (value !== undefined) return value;
    }
    return null;
  };
}

const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code);
const isLanguage = (tag: string): boolean => /^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(tag);

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

const envelope = 'org.apache.fineract.avro.MessageV1';

function openSchemas(directory: string | undefined, problems: string[]): Schemas {
  const shipped = readSchemas(schemaFolder('sources', 'fineract'));
  if (!directory) return shipped;
  try {
    const schemas = readSchemas(directory);
    if (![...schemas.values()].some(({ record }) => record === envelope)) problems.push(`FINERACT_SCHEMAS holds no ${envelope}`);
    problems.push(...changedFields(schemas, shipped).map((fault) => `FINERACT_SCHEMAS cannot be used: ${fault}`));
    return schemas;
  } catch (error) {
    problems.push(`FINERACT_SCHEMAS cannot be used: ${(error as Error).message}`);
    return shipped;
  }
}
