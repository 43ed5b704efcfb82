// Whether an agency may get a case: what is on record of the agency, and how much it holds already.
import type { LocalDate } from '../fact.js';
import type { AgencyLevel } from './rules.js';

export interface AgencyTerms {
  licenceNo: string;
  licenceExpiresOn: LocalDate;
  /** Who attests that its people were checked, and until when that is good. */
  attestedBy: string;
  attestationExpiresOn: LocalDate;
  jurisdictions: readonly string[];
  /** Of borrowers; empty means all. */
  segments: readonly string[];
  level: AgencyLevel;
  mostCases: number | null;
  /** Outstanding of the placed cases, in minor units of one currency; what is owed in others is not counted. */
  mostAmount: { minor: bigint; currency: string } | null;
  suspended: boolean;
}

/** What the agency holds, in its own currency of capacity. */
export interface Load {
  cases: number;
  minor: bigint;
}

export interface CaseToPlace {
  jurisdiction: string;
  segment: string | null;
  /** Outstanding by currency, in minor units. */
  outstanding: Readonly<Record<string, bigint>>;
}

export interface Against {
  ruleId: string;
  message: string;
  citation?: string;
}

const checked = 'M-035: background checks of recovery staff, attested by the partner';

/** Each rule that stands against it; empty when it may get the case. */
export function againstAgency(agencyId: string, terms: AgencyTerms | null, theCase: CaseToPlace, load: Load, today: LocalDate): Against[] {
  if (!terms) return [{ ruleId: 'agency-registered', message: `Nothing is on record of ${agencyId}: see setAgencyProfile` }];
  const against = againstPermit(agencyId, terms, theCase, today);
  if (!hasRoom(terms, theCase, load)) against.push({ ruleId: 'agency-capacity', message: `${agencyId} holds as much as it may` });
  return against;
}

/** Without its capacity. */
export function againstPermit(
  agencyId: string,
  terms: AgencyTerms,
  { jurisdiction, segment }: Pick<CaseToPlace, 'jurisdiction' | 'segment'>,
  today: LocalDate,
): Against[] {
  const { licenceExpiresOn, attestationExpiresOn, jurisdictions, segments, suspended } = terms;
  const against: Against[] = [];
  if (suspended) against.push({ ruleId: 'agency-suspended', message: `${agencyId} is suspended` });
  if (licenceExpiresOn < today)
    against.push({ ruleId: 'agency-licence', message: `The licence of ${agencyId} ended on ${licenceExpiresOn}` });
  if (attestationExpiresOn < today) {
    const message = `That the people of ${agencyId} were checked is attested until ${attestationExpiresOn} only`;
    against.push({ ruleId: 'agency-attestation', message, citation: checked });
  }
  if (!jurisdictions.includes(jurisdiction))
    against.push({ ruleId: 'agency-jurisdiction', message: `${agencyId} does not work in ${jurisdiction}` });
  if (segments.length && !(segment && segments.includes(segment)))
    against.push({ ruleId: 'agency-segment', message: `${agencyId} does not work cases of segment ${segment ?? 'unknown'}` });
  return against;
}

export function hasRoom(
  { mostCases, mostAmount }: Pick<AgencyTerms, 'mostCases' | 'mostAmount'>,
  theCase: CaseToPlace,
  load: Load,
): boolean {
  if (mostCases !== null && load.cases + 1 > mostCases) return false;
  return mostAmount === null || load.minor + (theCase.outstanding[mostAmount.currency] ?? 0n) <= mostAmount.minor;
}

/** What it holds once it has got the case too. */
export const withCase = ({ mostAmount }: Pick<AgencyTerms, 'mostAmount'>, theCase: CaseToPlace, load: Load): Load => ({
  cases: load.cases + 1,
  minor: load.minor + (mostAmount ? (theCase.outstanding[mostAmount.currency] ?? 0n) : 0n),
});
