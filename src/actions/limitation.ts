// The limitation period of a case's claim: begun when legal action becomes possible, begun anew by what interrupts it, stopped while a suit is pending.
import { attendOn, limitationStart, periodEnd, type InterruptionCause } from '../domain/legal/clock.js';
import { isLiveMatter, type MatterState } from '../domain/legal/matter.js';
import type { Fact, LocalDate } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { policyFor } from '../policies/index.js';
import type { CaseRow } from '../storage/cases.js';
import { ClockInterruption, StatutoryClock } from '../storage/definitions/legal.js';
import { LegalMatter } from '../storage/definitions/matters.js';
import type { Tx } from '../storage/store.js';

export const limitationClockOf = (caseId: string): string => idOf('clock', caseId, 'LIMITATION');

export interface Interruption {
  cause: InterruptionCause;
  on: LocalDate;
  /** The id of what shows it. */
  evidence: string;
  void?: boolean;
}

const begin = `insert into statutory_clock (id, tenant, case_id, kind, about, state, based_on, started_on, expires_on, alarms, attend_on, policy_version, citation, verified)
  select id, tenant, "caseId", 'LIMITATION', '', state, "basedOn", "basedOn", "expiresOn", '{}', "attendOn", "policyVersion", citation, verified
  from json_to_recordset($1::json) as k(id text, tenant text, "caseId" text, state text, "basedOn" date, "expiresOn" date, "attendOn" date, "policyVersion" text, citation text, verified boolean)
  on conflict (id) do update set state = excluded.state, based_on = excluded.based_on, started_on = excluded.started_on, expires_on = excluded.expires_on, alarms = '{}',
    attend_on = excluded.attend_on, policy_version = excluded.policy_version, citation = excluded.citation, verified = excluded.verified
  where statutory_clock.state = 'CANCELLED'`;

/** Begins the periods that do not run yet, each from the oldest unpaid due date of its case. */
export async function beginLimitations(tx: Tx, from: ReadonlyMap<CaseRow, LocalDate>, today: LocalDate): Promise<void> {
  if (!from.size) return;
  const rows = [...from].map(([theCase, basedOn]) => {
    const { pursuit, version } = policyFor(theCase.jurisdiction, today);
    const { citation, verified } = pursuit.limitation;
    const expiresOn = periodEnd(basedOn, pursuit.limitation);
    return {
      id: limitationClockOf(theCase.id),
      tenant: theCase.tenant,
      caseId: theCase.id,
      state: today > expiresOn ? 'EXPIRED' : 'RUNNING',
      basedOn,
      expiresOn,
      attendOn: attendOn(expiresOn, today, pursuit.alarms.LIMITATION, []),
      policyVersion: version,
      citation,
      verified,
    };
  });
  await tx.bulk(begin, [JSON.stringify(rows)]);
}

/** Keeps what interrupts the period and counts it anew; nothing where there is none, or where the policy does not know the cause. */
export async function interruptLimitation(tx: Tx, fact: Fact, theCase: CaseRow, interruptions: readonly Interruption[]): Promise<void> {
  const clock = await tx.em.findOne(StatutoryClock, { id: limitationClockOf(theCase.id) });
  if (!clock || clock.state === 'CANCELLED') return;
  const { pursuit } = policyFor(theCase.jurisdiction, clock.basedOn);
  for (const { cause, on, evidence, void: isVoid = false } of interruptions) {
    if (!pursuit.limitation.interruptedBy.includes(cause)) continue;
    const id = idOf('interruption', clock.id, cause, evidence);
    const known = await tx.em.findOne(ClockInterruption, { id });
    if (known) Object.assign(known, { interruptedOn: on, void: known.void || isVoid });
    else tx.em.create(ClockInterruption, { id, clockId: clock.id, cause, interruptedOn: on, evidence, void: isVoid });
  }
  await tx.em.flush();
  const all = await tx.em.find(ClockInterruption, { clockId: clock.id, void: false });
  const startedOn = limitationStart(
    clock.basedOn,
    all.map(({ interruptedOn }) => interruptedOn),
  );
  const expiresOn = periodEnd(startedOn, pursuit.limitation);
  const suits = await tx.em.find(LegalMatter, { caseId: theCase.id, filedOn: { $ne: null } });
  const pending = suits.some(({ state }) => isLiveMatter(state as MatterState));
  const today = fact.businessOn;
  const alarms = expiresOn === clock.expiresOn ? clock.alarms : [];
  Object.assign(clock, {
    startedOn,
    expiresOn,
    alarms,
    state: pending ? 'STOPPED' : today > expiresOn ? 'EXPIRED' : 'RUNNING',
    attendOn: attendOn(expiresOn, today, pursuit.alarms.LIMITATION, alarms.map(Number)),
  });
}
