// The four components that a loan's dues are made of, in minor units.

export const components = ['principal', 'interest', 'fee', 'penalty'] as const;
export type Component = (typeof components)[number];
export type Parts = Record<Component, bigint>;

export const noParts = (): Parts => ({ principal: 0n, interest: 0n, fee: 0n, penalty: 0n });
export const totalOf = (parts: Parts): bigint => parts.principal + parts.interest + parts.fee + parts.penalty;
