// A duty of a new business date: a law firm that has not said whether it takes a claim on, and should have, is told of once.
import type { Fact } from '../domain/fact.js';
import { casesById } from '../storage/cases.js';
import { LegalMatter } from '../storage/definitions/matters.js';
import { unacknowledgedMatters } from '../storage/legal-situation.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';

export async function tendMatters(tx: Tx, fact: Fact): Promise<void> {
  const rows = await unacknowledgedMatters(tx, fact.tenant, fact.businessOn);
  if (!rows.length) return;
  const cases = new Map((await casesById(tx, [...new Set(rows.map(({ caseId }) => caseId))])).map((each) => [each.id, each]));
  for (const { id, caseId } of rows) {
    const matter = await tx.em.findOneOrFail(LegalMatter, { id });
    matter.acknowledgedLate = true;
    matter.version++;
    changeCase(tx, cases.get(caseId)!, fact, [
      {
        type: 'MATTER_ACKNOWLEDGEMENT_LATE',
        summary: `${matter.lawFirmId} has not said by ${matter.acknowledgeBy} whether it takes the claim on`,
        actor: fact.source,
        effectiveOn: fact.businessOn,
        data: { matterId: id, acknowledgeBy: matter.acknowledgeBy },
      },
    ]);
  }
}
