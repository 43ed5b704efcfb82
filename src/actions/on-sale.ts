// Runs one request on a sale: on its first case, whose lock is the sale's; judged by the state of the deal.
import { againstDeal, type Deal, type DealActionName } from '../domain/sale/deal.js';
import type { Fact } from '../domain/fact.js';
import type { CaseRow } from '../storage/cases.js';
import { saleById, type SaleRow } from '../storage/sales.js';
import type { Store, Tx } from '../storage/store.js';
import { judge, type Judging } from './guard-case.js';
import { answerOnce, refuse, type CaseRequest, type Decided, type Outcome, type Refusal } from './request.js';

export type SaleRequest = Omit<CaseRequest, 'caseId'> & { saleId: string };

export interface SaleJudging extends Judging {
  sale: SaleRow;
  theCase: CaseRow;
  today: string;
}

export const dealOf = (sale: SaleRow): Deal => ({
  state: sale.state,
  bidsCloseAt: sale.bidsCloseAt ?? null,
  bidsOpened: Boolean(sale.bidsOpenedAt),
  cutOffAt: sale.cutOffAt ?? null,
  assigned: Boolean(sale.handoffId),
});

const noSale: Refusal = { code: 'NOT_FOUND', message: 'There is no such sale', path: ['input', 'saleId'] };

/** @param decide gets what the rules of the deal say already */
export async function onSale<Data extends Record<string, unknown>>(
  store: Store,
  name: string,
  action: DealActionName,
  { saleId, ...request }: SaleRequest,
  input: Record<string, unknown>,
  decide: (tx: Tx, judging: SaleJudging) => Promise<Decided<Data>>,
  apply: (tx: Tx, fact: Fact<string, Data>) => Promise<Record<string, string>>,
): Promise<Outcome> {
  const [found] = await store.alone<{ lead: string }>('select lead_case_id as lead from portfolio_sale where id = $1', [saleId]);
  if (!found) return refuse(noSale);
  const { expectedVersion, ...plain } = request;
  return answerOnce(
    store,
    name,
    { ...plain, caseId: found.lead },
    { saleId, ...input },
    async (tx, theCase, today) => {
      const sale = (await saleById(tx, saleId))!;
      if (expectedVersion !== undefined && expectedVersion !== sale.version)
        return {
          refused: [{ code: 'CONCURRENCY_CONFLICT', message: `The sale is at version ${sale.version}`, currentVersion: sale.version }],
        };
      const stands = againstDeal(action, dealOf(sale), new Date()).map((each): Refusal => ({ code: 'GUARD_REJECTED', ...each }));
      return decide(tx, { ...(await judge(tx, action, theCase, today, stands)), sale, theCase, today });
    },
    apply,
  );
}

/** The cases of a sale: who may not see all of them may not change it. */
export const casesOfSale = async (store: Store, saleId: string): Promise<string[]> =>
  (await store.alone<{ id: string }>('select case_id as id from sold_case where sale_id = $1 order by 1', [saleId])).map(({ id }) => id);
