// Which kind of account PBOC takes one for, why it is reported now, and the segments that the reason asks for.
import type { Elements } from './elements.js';

export type AccountType = 'D1' | 'R1' | 'R4' | 'C1';
/** 10 opened, 20 closed, 30 month-end, 31 an old account for the first time, 40 overdue money recovered. */
export type Reason = '10' | '20' | '30' | '31' | '40';
export type Segment = 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'J' | 'K';

/** R2 and R3 are cards: their statements are not in a book of loans. */
export function typeOf(say: Elements): AccountType {
  const { kind, originalCreditor } = say.record.account;
  const usual = originalCreditor ? 'C1' : kind === 'INSTALMENT' || kind === 'MORTGAGE' ? 'D1' : undefined;
  const type = say.code('AcctType', usual);
  if (type === 'D1' || type === 'R1' || type === 'R4' || type === 'C1') return type;
  return say.fault('AcctType', 'CODE', 'D1, R1, R4 or C1 expected');
}

/** A debt that was written off is not closed: it is still owed. */
export function isClosed({ record }: Elements): boolean {
  return ['PAID', 'SOLD', 'CANCELLED'].includes(record.standing.state);
}

/** P1. A bought debt has no month-end: it is told when it is opened, when money of it is recovered, and when it ends. */
export function reasonOf(say: Elements, type: AccountType): Reason {
  const { action, account, standing } = say.record;
  const { from, to } = say.header.period;
  const inPeriod = (date = '') => date >= from && date <= to;
  if (action === 'CREATE') return inPeriod(account.openedOn) ? '10' : '31';
  if (isClosed(say)) return '20';
  if (type !== 'C1' && isLastOfMonth(to)) return '30';
  if (inPeriod(standing.lastPayment?.on)) return '40';
  return say.fault('RptDateCode', 'P1', 'nothing to tell: neither opened nor closed, no month-end, and no money recovered');
}

/** In the order of the file. Those that have nothing in them are left out all the same. */
export function segmentsFor(reason: Reason, type: AccountType): readonly Segment[] {
  const bought = type === 'C1';
  switch (reason) {
    case '10':
    case '31':
      return bought ? ['B', 'C', 'D', 'E', 'G', 'J', 'K'] : ['B', 'C', 'D', 'E', 'F', 'H', 'K'];
    case '20':
      return bought ? ['B', 'J', 'K'] : ['B', 'H', 'K'];
    case '30':
      return ['B', 'H', 'K'];
    case '40':
      return ['B', 'J'];
  }
}

function isLastOfMonth(date: string): boolean {
  const next = new Date(`${date}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.getUTCDate() === 1;
}
