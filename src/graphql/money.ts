// An amount and its currency. Kept in minor units; the decimals of the currency are put in when it is written.
import { Column, Embedded } from './reader/declare.js';
import { Decimal } from './scalars.js';

@Embedded({ absent: '@.#_minor is null or @.currency is null', description: 'An exact amount of one currency.' })
export class Money {
  @Column(() => Decimal, {
    sql: '@.#_minor * currency_unit(@.currency)',
    description: 'With the decimals that ISO 4217 gives the currency.',
  })
  amount!: string;
  @Column({ sql: '@.currency', description: 'ISO 4217.' }) currency!: string;
}
