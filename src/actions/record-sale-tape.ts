// Keeps with a sale that files of its loans were made: for whom, of what date, and by which digests they are known again.
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import { manifestSha256, type MadeTape } from '../domain/sale/tape-digest.js';
import { audit } from '../storage/audit.js';
import { casesById } from '../storage/cases.js';
import { SaleTape } from '../storage/definitions/sales.js';
import { logFacts } from '../storage/facts.js';
import { saleById } from '../storage/sales.js';
import type { Store } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase } from './change-case.js';

/** The same files again are the same tape. @returns its id */
export async function recordSaleTape(store: Store, made: MadeTape): Promise<string> {
  return store.transaction(async (tx) => {
    const sale = (await saleById(tx, made.saleId))!;
    await casesById(tx, [sale.leadCaseId]);
    const [{ business_date: today }] = (await tx.query<{ business_date: string }>('select business_date($1)::text', [sale.tenant])) as [
      { business_date: string },
    ];
    const fact: Fact<string, MadeTape> = {
      source: `casegraph/${made.actor}`,
      id: `saleTape/${made.saleId}/${manifestSha256(made.files)}`,
      type: 'SaleTapeMade',
      tenant: sale.tenant,
      aggregateId: sale.leadCaseId,
      sequence: 0n,
      effectiveOn: today,
      businessOn: today,
      occurredAt: new Date(),
      data: made,
    };
    if ((await logFacts(tx, [fact])).length) await applySaleTapeMade(tx, fact);
    await audit(tx, [
      {
        actor: { user: made.actor, roles: [] },
        action: 'saleTape',
        subject: sale.id,
        detail: { full: made.full, files: made.files.length },
      },
    ]);
    return idOf('saletape', fact.id);
  });
}

export const applySaleTapeMade: Applier = async (tx, fact: Fact<string, MadeTape>) => {
  const { saleId, full, asOf, loans, principalMinor, legalBalanceMinor, files, actor } = fact.data;
  const sale = (await saleById(tx, saleId))!;
  const [theCase] = await casesById(tx, [sale.leadCaseId]);
  const tapeId = idOf('saletape', fact.id);
  tx.em.create(SaleTape, {
    id: tapeId,
    saleId,
    kind: full ? 'FULL' : 'MASKED',
    form: 'FILES',
    asOf,
    loans,
    currency: sale.currency,
    principalMinor: BigInt(principalMinor),
    legalBalanceMinor: BigInt(legalBalanceMinor),
    sha256: manifestSha256(files),
    files,
    madeOn: fact.businessOn,
    madeBy: actor,
  });
  changeCase(tx, theCase!, fact, [
    {
      type: 'SALE_TAPE_MADE',
      summary: `${full ? 'Full' : 'Masked'} files of the ${loans} loans of ${sale.ref} were made`,
      actor,
      effectiveOn: fact.effectiveOn,
      data: { saleId, tapeId },
    },
  ]);
  return { saleId, tapeId };
};
