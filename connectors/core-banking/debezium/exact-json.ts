// JSON without loss: a whole number beyond 2^53 comes as its digits, since a float would round it.

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/** A text is stepped over as a whole, so that only a number outside of one is met by the second half. */
const textOrLongNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d{16,}(?![\d.eE])/g;

/** @throws SyntaxError when it is not JSON */
export const parseExactly = (text: string): Json =>
  JSON.parse(
    text.replace(textOrLongNumber, (found) => (found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`)),
  );

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
