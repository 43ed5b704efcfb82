// What Connect's JSON converter made of a value: the bare payload, or with `schemas.enable=true` the payload behind its schema.
import { isObject, parseExactly, type Json } from './exact-json.js';

interface Bare {
  payload: Json;
  schema: Json;
}

/** A schema is some thousand characters, the same in every message of a table: it is parsed once. */
const schemas = new Map<string, Json>();
const mostSchemas = 500;

/** @throws SyntaxError when it is not JSON */
export function bareOf(text: string): Bare {
  const end = text.startsWith('{"schema":') ? text.indexOf(',"payload":') : -1;
  if (end > 0) {
    const head = text.slice(0, end);
    const schema = schemas.get(head) ?? remembered(head);
    const rest = schema === undefined ? null : parseExactly(`{${text.slice(end + 1)}`);
    if (isObject(rest ?? undefined) && Object.keys(rest!).length === 1)
      return { payload: (rest as { payload: Json }).payload, schema: schema! };
  }
  const json = parseExactly(text);
  const wrapped = isObject(json) && 'payload' in json && 'schema' in json && Object.keys(json).length === 2;
  return wrapped ? { payload: json['payload']!, schema: json['schema']! } : { payload: json, schema: null };
}

/** Undefined when what stands before the first `payload` is no whole schema. */
function remembered(head: string): Json | undefined {
  let schema: Json;
  try {
    schema = (parseExactly(`${head}}`) as { schema: Json }).schema;
  } catch {
    return undefined;
  }
  if (schemas.size >= mostSchemas) schemas.clear();
  schemas.set(head, schema);
  return schema;
}
