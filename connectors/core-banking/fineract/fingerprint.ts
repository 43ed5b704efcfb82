// CRC-64-AVRO: by which a message in Avro's single-object encoding names the schema it was written with.

const empty = 0xc15d213aa4d7a795n;

const table = Array.from({ length: 256 }, (_, i) => {
  let value = BigInt(i);
  for (let bit = 0; bit < 8; bit++) value = (value >> 1n) ^ (empty & -(value & 1n));
  return BigInt.asUintN(64, value);
});

/**
 * @param canonical a schema in Parsing Canonical Form
 * @returns hex of the 8 bytes as they stand on the wire, little-endian. Source: Avro specification, Schema Fingerprints.
 */
export function fingerprintOf(canonical: string): string {
  let sum = empty;
  for (const byte of Buffer.from(canonical, 'utf8')) sum = (sum >> 8n) ^ table[Number((sum ^ BigInt(byte)) & 0xffn)]!;
  const wire = Buffer.alloc(8);
  wire.writeBigUInt64LE(sum);
  return wire.toString('hex');
}
