// What Summit keeps of what it was offered and bought, by its own reading of what it was sent.
export interface Money {
  amount: string;
  currency: string;
}
export interface TapeLine {
  loanRef: string;
  daysPastDue: number;
  principal: Money;
  interest: Money;
  other: Money;
  legalBalance: Money;
  security: Money | null;
}
export interface Tape {
  portfolio: string;
  lines: TapeLine[];
  totals: { loans: number; principal: Money; legalBalance: Money };
  sha256: string;
}
export interface Claim {
  accountRef: string;
  loanRef?: string;
  total: Money;
}
export interface Portfolio {
  portfolio: string;
  cutOff: string;
  price: Money;
  loans: Claim[];
  bid?: string;
}
export interface Payment {
  accountRef: string;
  paymentRef: string;
  number: number;
  kind: string;
  amount: Money;
  valueOn: string;
}

/** One loan that it bought. */
export interface Account {
  returned: boolean;
  notified: boolean;
  /** By payment: what came of it in all, and how often. */
  payments: Map<string, { sum: bigint; count: number }>;
}

export interface Books {
  tapes: Map<string, Tape>;
  /** By portfolio. */
  awards: Map<string, { bid: string; price: Money }>;
  portfolios: Map<string, Portfolio & { accounts: Map<string, Account> }>;
  take(operation: string, key: string | null, body: any): void;
}

export const minorOf = ({ amount }: Money): bigint => BigInt(amount.replace('.', ''));

export function openBooks(): Books {
  const books: Books = { tapes: new Map(), awards: new Map(), portfolios: new Map(), take };
  const accountOf = (key: string, ref: string) => books.portfolios.get(key)!.accounts.get(ref)!;
  function take(operation: string, key: string | null, body: any): void {
    switch (operation) {
      case 'publishTape':
        books.tapes.set(body.portfolio, body);
        return;
      case 'award':
        if (body.outcome === 'WON') books.awards.set(key!, { bid: body.bid, price: body.price });
        return;
      case 'assignPortfolio': {
        const accounts = (body as Portfolio).loans.map(({ accountRef }): [string, Account] => [
          accountRef,
          { returned: false, notified: false, payments: new Map() },
        ]);
        books.portfolios.set(body.portfolio, { ...body, accounts: new Map(accounts) });
        return;
      }
      case 'notifyDebtor':
        for (const ref of body.accountRefs) accountOf(key!, ref).notified = true;
        return;
      case 'passOnPayment': {
        const { payments } = accountOf(key!, body.accountRef);
        const known = payments.get(body.paymentRef) ?? { sum: 0n, count: 0 };
        payments.set(body.paymentRef, { sum: known.sum + minorOf(body.amount), count: known.count + 1 });
        return;
      }
      case 'recall':
        accountOf(key!, body.accountRef).returned = true;
        return;
      case 'answerPutBack':
        if (body.accepted) accountOf(key!, body.accountRef).returned = true;
    }
  }
  return books;
}
