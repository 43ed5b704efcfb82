// Avro's single-object encoding: two marking bytes, the fingerprint of the writer's schema, the datum. Never decoded by another schema than the one it names.
import { shortName } from './avro-reader.js';
import { Broken } from './bytes.js';
import type { Schemas } from './schema-set.js';

const header = 10;

/** Why bytes cannot be read. */
export class Unreadable extends Error {}

/**
 * @param record the full name of the record that should be in it
 * @param level how the bytes are called in a reason, e.g. `MessageV1.data`
 * @throws Unreadable
 */
export function readFramed(bytes: Buffer, record: string, level: string, schemas: Schemas): { value: any; fingerprint: string } {
  if (bytes.length < header) throw new Unreadable(`TRUNCATED ${level}`);
  if (bytes[0] !== 0xc3 || bytes[1] !== 0x01) throw new Unreadable(`WRONG_MAGIC ${level} does not begin with C3 01`);
  const fingerprint = bytes.toString('hex', 2, header);
  const schema = schemas.get(fingerprint);
  if (!schema) throw new Unreadable(`UNKNOWN_FINGERPRINT ${fingerprint} ${nameOf(record) ?? level}`);
  if (schema.record !== record)
    throw new Unreadable(`WRONG_RECORD ${level} is ${shortName(schema.record)}, not ${nameOf(record) ?? 'what it says'}`);
  try {
    return { value: schema.read(bytes.subarray(header)), fingerprint };
  } catch (error) {
    if (error instanceof Broken) throw new Unreadable(`BROKEN ${level}: ${error.message}`);
    throw error;
  }
}

/** What a message calls its record, where it is a name at all. */
const nameOf = (record: string): string | null => (/^[A-Za-z_][\w.]{0,149}$/.test(record) ? record : null);
