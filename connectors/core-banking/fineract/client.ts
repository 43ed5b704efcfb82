// ClientDataV1: the borrower, as far as Fineract tells. It has no national id and no address, so none is said.
import { eventOf, needed, set, type FineractEvent } from './event.js';
import type { Occurrence } from './message.js';
import type { FineractSettings } from './settings.js';

export function clientEvents(client: any, from: Occurrence, settings: FineractSettings): FineractEvent[] {
  const borrowerId = needed(client.id, 'id');
  const office = client.officeId ? `${from.tenant}/${client.officeId}` : null;
  const contactPoints = [
    ...(client.mobileNo ? [{ channel: 'PHONE', value: client.mobileNo, preferred: true }] : []),
    ...(client.emailAddress ? [{ channel: 'EMAIL', value: client.emailAddress }] : []),
  ];
  return [
    eventOf(
      {
        type: 'BorrowerUpdated',
        about: `borrower/${borrowerId}`,
        completeness: 'DELTA',
        data: {
          borrowerId,
          name: needed(client.displayName || client.fullname, 'displayName'),
          jurisdiction: set(settings.jurisdictionOf(from.tenant), 'JURISDICTION', 'tenant'),
          language: set(settings.languageOf(from.tenant), 'LANGUAGE', 'tenant'),
          timeZone: set(settings.timeZoneOf(office, from.tenant), 'TIME_ZONE', 'office'),
          ...(client.officeId ? { branch: String(client.officeId) } : {}),
          contactPoints,
        },
      },
      from,
      settings,
    ),
  ];
}
