// ClientDataV1: the borrower, as far as Fineract tells. It has no national id and no address, so none is said.
import { eventOf, needed, said, set, type FineractEvent } from './event.js';
import type { Occurrence } from './message.js';
import type { FineractSettings } from './settings.js';

/** The names of a code that each bank keeps itself; of others nothing is said. */
const genders: readonly (readonly [gender: 'F' | 'M', names: RegExp])[] = [
  ['F', /^(f|female|woman|perempuan|wanita|女性?)$/i],
  ['M', /^(m|male|man|laki-laki|pria|男性?)$/i],
];

/** What bureaus ask. No client is refused for it: what cannot be meant is left out. */
function detailsOf(client: any): Record<string, unknown> | null {
  const given = [client.firstname, client.middlename].filter(Boolean).join(' ');
  const gender = genders.find(([, names]) => names.test(client.gender?.name?.trim() ?? ''))?.[0];
  const details = said({
    kind: ({ 1: 'PERSON', 2: 'COMPANY' } as Record<number, string>)[client.legalForm?.id],
    familyName: client.lastname || null,
    givenName: given || null,
    bornOn: /^(19|20|21)\d\d-\d\d-\d\d$/.test(client.dateOfBirth ?? '') ? client.dateOfBirth : null,
    gender,
  });
  return Object.keys(details).length ? details : null;
}

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
          details: detailsOf(client),
        },
      },
      from,
      settings,
    ),
  ];
}
