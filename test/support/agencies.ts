// Agencies that may get cases: on record as a supervisor would put them there.
import { setAgencyProfile, type AgencyProfileInput } from '../../src/actions/set-agency-profile.js';
import type { Store } from '../../src/storage/store.js';

let times = 0;

/** Once a business date is open, and the agency is a connected partner. */
export async function registerAgency(store: Store, agencyId: string, over: Partial<AgencyProfileInput> = {}): Promise<void> {
  const outcome = await setAgencyProfile(store, {
    actor: { user: 'supervisor-1', roles: ['supervisor'] },
    idempotencyKey: `profile ${++times}`,
    agencyId,
    licenceNo: 'L-1',
    licenceExpiresOn: '2030-12-31',
    attestedBy: 'Head of compliance',
    attestationExpiresOn: '2030-12-31',
    jurisdictions: ['ID', 'CN', 'DE', 'US'],
    segments: [],
    level: 'PRIMARY',
    mostCases: null,
    mostAmount: null,
    suspended: false,
    ...over,
  });
  if (!('done' in outcome)) throw new Error(JSON.stringify(outcome));
}
