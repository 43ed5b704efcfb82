// Works out anew where a matter stands from all that its firm has told: its own state, preservation, clocks, and the regions of its case.
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { attendOn, clocksOf } from '../domain/legal/clock.js';
import { isLiveMatter, legalRegionOf, type MatterState } from '../domain/legal/matter.js';
import { preservationOn, preservationRegionOf, preservationsAfter, preservationTurnsOn } from '../domain/legal/preservation.js';
import { dateOf, inTheirOrder, standingAfter, textOf, type ToldStep } from '../domain/legal/standing.js';
import { policyFor } from '../policies/index.js';
import type { CaseRow } from '../storage/cases.js';
import { MatterPayment, PreservationOrder, StatutoryClock } from '../storage/definitions/legal.js';
import { LegalMatter, MatterStep } from '../storage/definitions/matters.js';
import type { InferEntity, Tx } from '../storage/store.js';
import { interruptLimitation, type Interruption } from './limitation.js';

export type MatterRow = InferEntity<typeof LegalMatter>;
export type MatterStepRow = InferEntity<typeof MatterStep>;

export const toldStep = ({ id, step, partnerSequence, occurredAt, data }: MatterStepRow): ToldStep => ({
  id,
  step: step as ToldStep['step'],
  sequence: partnerSequence,
  occurredAt,
  data,
});

/** @param steps all that are known, the newest among them. @returns whether anything is different now */
export async function foldMatter(
  tx: Tx,
  fact: Fact,
  theCase: CaseRow,
  matter: MatterRow,
  steps: readonly MatterStepRow[],
): Promise<boolean> {
  const told = steps.map(toldStep);
  const today = fact.businessOn;
  const policy = policyFor(theCase.jurisdiction, matter.instructedOn);
  const { filedMinor, ...is } = standingAfter(told, matter.currency ?? null);
  const orders = preservationsAfter(told);
  const was = JSON.stringify(seen(matter));
  const [wasLive, orderRows] = [
    isLiveMatter(matter.state as MatterState),
    await tx.em.find(PreservationOrder, { matterId: matter.id }, { orderBy: { orderRef: 'asc' } }),
  ];
  const ordersWere = JSON.stringify(orderRows.map(plain));
  Object.assign(matter, is, { claimedMinor: filedMinor ?? matter.instructedMinor });
  matter.remainingMinor = await remainingOf(tx, matter, filedMinor !== null);
  const isLive = isLiveMatter(is.state);
  if (!isLive) matter.closedOn ??= today;

  const { renewDays } = policy.pursuit.preservation;
  const known = new Map(orderRows.map((row) => [row.orderRef, row]));
  for (const order of orders) {
    const row = {
      ...order,
      state: preservationOn(order, today, renewDays),
      attendOn: isLive ? preservationTurnsOn(order, today, renewDays) : null,
    };
    const before = known.get(order.orderRef);
    if (before) Object.assign(before, row);
    else
      known.set(
        order.orderRef,
        tx.em.create(PreservationOrder, { id: idOf('preservation', matter.id, order.orderRef), matterId: matter.id, ...row }),
      );
  }
  const nowOrders = [...known.values()].toSorted((a, b) => (a.orderRef < b.orderRef ? -1 : 1));
  matter.preservation = preservationRegionOf(nowOrders.map(({ state }) => state));
  if (isLive || wasLive) {
    const region = legalRegionOf(is.state);
    theCase.legal = region === 'NONE' && theCase.legalEligible ? 'PRE_LEGAL' : region;
    theCase.preservation = isLive ? matter.preservation : 'NONE';
  }

  const clocks = await tx.em.find(StatutoryClock, { matterId: matter.id });
  const clockOf = new Map(clocks.map((row) => [row.id, row]));
  const { pursuit, version } = policy;
  const bases = {
    FILING_AFTER_PRESERVATION: pursuit.suitAfterPreservation,
    ENFORCEMENT_APPLICATION: pursuit.enforcement,
    PRESERVATION_RENEWAL: pursuit.preservation,
    LIMITATION: pursuit.limitation,
  };
  for (const clock of clocksOf({ ...is, filedMinor }, orders, pursuit, today)) {
    const id = idOf('clock', matter.id, clock.kind, clock.about);
    const before = clockOf.get(id);
    clockOf.delete(id);
    const alarms = before?.expiresOn === clock.expiresOn ? before.alarms : [];
    const row = {
      ...clock,
      basedOn: clock.startedOn,
      alarms,
      attendOn: attendOn(clock.expiresOn, today, pursuit.alarms[clock.kind], alarms.map(Number)),
    };
    const { citation, verified } = bases[clock.kind]!;
    if (before) Object.assign(before, row);
    else
      tx.em.create(StatutoryClock, {
        id,
        tenant: theCase.tenant,
        caseId: theCase.id,
        matterId: matter.id,
        ...row,
        policyVersion: version,
        citation,
        verified,
      });
  }
  for (const gone of clockOf.values()) tx.em.remove(gone);
  await interruptLimitation(tx, fact, theCase, interruptionsOf(matter, told, isLive));
  return was !== JSON.stringify(seen(matter)) || ordersWere !== JSON.stringify(nowOrders.map(plain));
}

/** What is claimed less what was paid since it was filed, or handed over where the suit names no sum of its own; never below zero. */
export async function remainingOf(tx: Tx, matter: MatterRow, isFiledSum: boolean): Promise<bigint | null> {
  const { claimedMinor, filedOn, currency } = matter;
  if (claimedMinor == null) return null;
  const paid = await tx.em.find(MatterPayment, { matterId: matter.id });
  const counted = paid.filter((each) => each.currency === currency && (!isFiledSum || each.valueOn >= filedOn!));
  const left = counted.reduce((sum, { kind, amountMinor }) => (kind === 'PAYMENT' ? sum - amountMinor : sum + amountMinor), claimedMinor);
  return left < 0n ? 0n : left;
}

function plain(row: InferEntity<typeof PreservationOrder>): object {
  const { attendOn: _, ...told } = row;
  return told;
}

/** What of a matter follows from the firm's news. */
function seen(matter: MatterRow): unknown[] {
  const { partnerSequence: _, version: __, closedOn: ___, ...row } = matter;
  return Object.entries(row)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => [key, typeof value === 'bigint' ? String(value) : value])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

/** A demand counts when it is proved to have reached the debtor; a suit from its filing, and once more when it is over. */
function interruptionsOf(matter: MatterRow, told: readonly ToldStep[], isLive: boolean): Interruption[] {
  const demands = inTheirOrder(told).flatMap((each): Interruption[] =>
    (each.step === 'DEMAND_SENT' || each.step === 'LETTER_SENT') && textOf(each.data, 'deliveredOn')
      ? [{ cause: 'DEMAND', on: dateOf(each, 'deliveredOn'), evidence: `${matter.id}/${each.step}/${each.sequence}` }]
      : [],
  );
  if (!matter.filedOn) return demands;
  const over = isLive || !matter.closedOn ? [] : [{ cause: 'SUIT' as const, on: matter.closedOn, evidence: `${matter.id}/over` }];
  return [...demands, { cause: 'SUIT', on: matter.filedOn, evidence: `${matter.id}/filed` }, ...over];
}
