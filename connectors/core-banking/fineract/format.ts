// The external events of Apache Fineract as its Kafka producer sends them: Avro in Avro, mapped to canonical events that are checked as any other.
import type { SourceFormat } from '../../contract/source.js';
import { createEventCheck } from '../../published.js';
import type { FineractEvent } from './event.js';
import { readFramed, Unreadable } from './framed.js';
import { mappingOf } from './mapping.js';
import { readMessage } from './message.js';
import { readSettings } from './settings.js';

const largest = 10_000_000;

/**
 * The key is not looked at: loan 7, client 7 and another tenant's loan 7 all have key 7.
 * @param given the FINERACT_ variables without their prefix
 * @throws Error that names each setting that is wrong
 */
export function createFineractFormat(given: Readonly<Record<string, string | undefined>>): SourceFormat {
  const settings = readSettings(given);
  const faultOf = createEventCheck();
  return {
    id: 'fineract',
    read(message) {
      const { value } = message;
      if (!value?.length) return { unreadable: 'EMPTY' };
      if (value.length > largest) return { unreadable: `TOO_LARGE more than ${largest} bytes` };
      try {
        const events: FineractEvent[] = [];
        for (const occurrence of readMessage(message, value, settings.schemas)) {
          const map = mappingOf(occurrence);
          if (!map) continue;
          const { value: data } = readFramed(occurrence.data, occurrence.dataschema, occurrence.level, settings.schemas);
          events.push(...map(data, occurrence, settings));
        }
        for (const event of events) {
          const fault = faultOf(event);
          if (fault) return { unreadable: `${fault} of ${event.type}` };
        }
        return { events };
      } catch (error) {
        if (error instanceof Unreadable) return { unreadable: error.message };
        throw error;
      }
    },
  };
}
