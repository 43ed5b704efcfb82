// Canonical events: CloudEvents 1.0 in JSON, structured or binary, each checked against its published schema before it is believed.
import type { CanonicalEvent, SourceFormat, SourceMessage } from '../../contract/source.js';
import { createEventCheck } from '../../published.js';

const largest = 1_000_000;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws when a published schema cannot be compiled. Reasons name paths, never values. */
export function createCanonicalFormat(): SourceFormat {
  const faultOf = createEventCheck();
  return {
    id: 'canonical',
    read(message) {
      const parsed = parse(message);
      if ('unreadable' in parsed) return parsed;
      const fault = faultOf(parsed.event);
      return fault === null ? { events: [parsed.event as CanonicalEvent] } : { unreadable: fault };
    },
  };
}

function parse({ value, headers }: SourceMessage): { event: unknown } | { unreadable: string } {
  if (!value?.length) return { unreadable: 'EMPTY' };
  if (value.length > largest) return { unreadable: `TOO_LARGE more than ${largest} bytes` };
  let body: unknown;
  try {
    body = JSON.parse(utf8.decode(value));
  } catch {
    return { unreadable: 'NOT_JSON' };
  }
  if (!headers['ce_specversion']) return { event: body };
  const attributes = Object.fromEntries(
    Object.entries(headers).flatMap(([name, each]) => (name.startsWith('ce_') ? [[name.slice(3), each]] : [])),
  );
  return { event: { ...attributes, data: body } };
}
