// Duties of a new business date: statutory clocks ring before their end and expire, preservation orders fall due for renewal. No hold and no arrangement stops them.
import type { Fact } from '../domain/fact.js';
import { attendOn, dueAlarms, type ClockKind } from '../domain/legal/clock.js';
import { isLiveMatter, type MatterState } from '../domain/legal/matter.js';
import { preservationOn, preservationRegionOf, preservationTurnsOn, type Preservation } from '../domain/legal/preservation.js';
import { daysBetween } from '../domain/day.js';
import { policyFor } from '../policies/index.js';
import { casesById } from '../storage/cases.js';
import { PreservationOrder, StatutoryClock } from '../storage/definitions/legal.js';
import { LegalMatter } from '../storage/definitions/matters.js';
import type { Tx } from '../storage/store.js';
import { changeCase, type Happening } from './change-case.js';

export async function ringClocks(tx: Tx, fact: Fact): Promise<void> {
  const { tenant, businessOn: today } = fact;
  const due = await tx.em.find(StatutoryClock, { tenant, state: 'RUNNING', attendOn: { $lte: today } }, { orderBy: { id: 'asc' } });
  if (!due.length) return;
  const cases = new Map((await casesById(tx, [...new Set(due.map(({ caseId }) => caseId))])).map((each) => [each.id, each]));
  for (const clock of due) {
    const theCase = cases.get(clock.caseId)!;
    // What is sold or closed is nobody's to sue for any more.
    if (theCase.status !== 'OPEN' || theCase.ownership === 'TRANSFERRED') {
      clock.state = 'CANCELLED';
      continue;
    }
    const alarms = policyFor(theCase.jurisdiction, clock.basedOn).pursuit.alarms[clock.kind as ClockKind];
    const tell = (type: string, summary: string): Happening => ({
      type,
      summary,
      actor: fact.source,
      effectiveOn: today,
      data: { clockId: clock.id, kind: clock.kind, expiresOn: clock.expiresOn, matterId: clock.matterId ?? null },
    });
    const words = clock.kind.toLowerCase().replaceAll('_', ' ');
    if (today > clock.expiresOn) {
      clock.state = 'EXPIRED';
      changeCase(tx, theCase, fact, [tell('STATUTORY_CLOCK_EXPIRED', `The period of ${words} ended on ${clock.expiresOn}`)]);
      continue;
    }
    const rung = clock.alarms.map(Number);
    const ring = dueAlarms(clock.expiresOn, today, alarms, rung);
    clock.alarms = [...rung, ...ring].toSorted((a, b) => b - a).map(String);
    clock.attendOn = attendOn(clock.expiresOn, today, alarms, [...rung, ...ring]);
    if (ring.length)
      changeCase(tx, theCase, fact, [
        tell('STATUTORY_CLOCK_ALARM', `The period of ${words} ends on ${clock.expiresOn}, in ${daysBetween(today, clock.expiresOn)} days`),
      ]);
  }
}

/** An order that nears its end is due for renewal, and one that reached it has lapsed. */
export async function tendPreservation(tx: Tx, fact: Fact): Promise<void> {
  const { tenant, businessOn: today } = fact;
  const rows = await tx.query<{ id: string; case_id: string }>(
    `select o.id, m.case_id from preservation_order o join legal_matter m on m.id = o.matter_id join recovery_case c on c.id = m.case_id
     where o.attend_on <= $1::date and c.tenant = $2 order by o.id`,
    [today, tenant],
  );
  if (!rows.length) return;
  const cases = new Map((await casesById(tx, [...new Set(rows.map((row) => row.case_id))])).map((each) => [each.id, each]));
  for (const { id, case_id } of rows) {
    const [theCase, order] = [cases.get(case_id)!, await tx.em.findOneOrFail(PreservationOrder, { id })];
    const matter = await tx.em.findOneOrFail(LegalMatter, { id: order.matterId });
    const { renewDays } = policyFor(theCase.jurisdiction, matter.instructedOn).pursuit.preservation;
    const as = order as unknown as Preservation;
    const now = preservationOn(as, today, renewDays);
    order.attendOn = preservationTurnsOn(as, today, renewDays);
    if (now === order.state) continue;
    order.state = now;
    const all = await tx.em.find(PreservationOrder, { matterId: matter.id });
    matter.preservation = preservationRegionOf(all.map(({ state }) => state));
    if (isLiveMatter(matter.state as MatterState)) theCase.preservation = matter.preservation;
    changeCase(tx, theCase, fact, [
      {
        type: `PRESERVATION_${now}`,
        summary: `Preservation ${order.orderRef} ${now === 'EXPIRED' ? 'has run out' : 'has to be renewed'}: it ends on ${order.expiresOn}`,
        actor: fact.source,
        effectiveOn: today,
        data: { matterId: matter.id, preservationId: order.id, expiresOn: order.expiresOn },
      },
    ]);
  }
}
