// Avro's decimal: two's complement, big-endian, with the scale of its schema; decimal text here, never a float.
import avsc from 'avsc';

/** A decimal in two's complement, big-endian: what a schema calls `decimal`, with its own scale. */
export class DecimalType extends avsc.types.LogicalType {
  readonly scale: number;
  constructor(schema: any, options?: any) {
    super(schema, options);
    this.scale = schema.scale ?? 0;
  }
  protected override _export(schema: any): void {
    schema.scale = this.scale;
  }
  protected override _fromValue(bytes: Buffer): string {
    return decimalText(bytes, this.scale);
  }
  protected override _toValue(text: string): Buffer {
    return decimalBytes(text, this.scale);
  }
}

/** More digits than any amount of money: such bytes are something else. */
export const longestDecimal = 64;

/** `71afd793c080`, 8 → `1250000.50000000` */
export function decimalText(bytes: Buffer, scale: number): string {
  const { length } = bytes;
  // 48 bits are exact in a number, and read faster.
  const value = length > 6 ? BigInt.asIntN(length * 8, BigInt(`0x${bytes.toString('hex')}`)) : length ? bytes.readIntBE(0, length) : 0;
  const digits = String(value < 0 ? -value : value).padStart(scale + 1, '0');
  const text = scale ? `${digits.slice(0, -scale)}.${digits.slice(-scale)}` : digits;
  return value < 0 ? `-${text}` : text;
}

function decimalBytes(text: string, scale: number): Buffer {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > scale) throw new Error('Not a decimal of the schema');
  const unscaled = BigInt(`${sign}${whole}${fraction.padEnd(scale, '0')}`);
  let length = 1;
  while (BigInt.asIntN(length * 8, unscaled) !== unscaled) length++;
  return Buffer.from(
    BigInt.asUintN(length * 8, unscaled)
      .toString(16)
      .padStart(length * 2, '0'),
    'hex',
  );
}
