// What partners hold in trust, what they have paid and what they earn, over all of their cases.
import { Arg, Ctx, Extensions, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { minorToDecimal } from '../../domain/money.js';
import { moneyOfPartners } from '../../storage/remittances.js';
import type { Store } from '../../storage/store.js';
import { Allowed } from '../mutations/allowed.js';
import type { GraphContext } from '../reader/context.js';
import { problem } from '../reader/problem.js';
import { Decimal } from '../scalars.js';

@ObjectType({ description: "One partner's money in one currency, over all of its cases." })
export class PartnerMoneyTotal {
  @Field(() => String) partnerId!: string;
  @Field(() => String, { description: 'ISO 4217.' }) currency!: string;
  @Field(() => Decimal, { description: 'Collected and not settled: the partner holds it.' }) trustMoney!: string;
  @Field(() => Decimal, { description: 'Collected and settled: cash.' }) settled!: string;
  @Field(() => Decimal, { description: 'Paid to the bank meanwhile, by the word of the partner.' }) direct!: string;
  @Field(() => Decimal, { description: 'What it earns, less what reversals took back.' }) commission!: string;
}

@Resolver()
export class PartnerFigures {
  constructor(private readonly store: Store) {}

  @Query(() => [PartnerMoneyTotal], { nullable: true, description: "By partner and currency; a partner's users see their own." })
  @Extensions({ cost: 20 })
  @Allowed('supervisor', 'legal', 'auditor', 'lawFirm', 'agency')
  async partnerMoneyTotals(
    @Arg('partnerId', () => String, { nullable: true }) partnerId: string | null,
    @Ctx() { caller }: GraphContext,
  ): Promise<PartnerMoneyTotal[]> {
    const partner = ['lawFirm', 'agency'].includes(caller.profile.cases) ? (caller.scope?.partner ?? '') : null;
    if (partner !== null && partnerId && partnerId !== partner) return [];
    // Sums over the whole book, and of nothing less.
    if (partner === null && caller.profile.narrowed) throw problem('FORBIDDEN', 'partnerMoneyTotals is for callers who see the whole book');
    const rows = await this.store.transaction((tx) => moneyOfPartners(tx, partner ?? partnerId ?? null));
    return rows.map(({ trust, settled, direct, commission, currency, partnerId }) => {
      const decimal = (minor: string) => minorToDecimal(BigInt(minor), currency);
      return {
        partnerId,
        currency,
        trustMoney: decimal(trust),
        settled: decimal(settled),
        direct: decimal(direct),
        commission: decimal(commission),
      };
    });
  }
}
