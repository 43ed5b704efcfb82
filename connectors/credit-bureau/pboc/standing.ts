// Segments H and J: how the account stands, by month or by event.
import type { FileSums } from '../../bureau-file.js';
import { isClosed, type AccountType } from './account-type.js';
import type { Elements } from './elements.js';
import { element } from './xml.js';

/** H, 月度表现信息段, of D1, R1 and R4: what only cards have is left out. */
export function monthly(say: Elements, type: AccountType): string {
  const { standing } = say.record;
  const sold = standing.state === 'SOLD';
  const is = standingOf(say, type);
  const age = (name: string, from: number, to: number | null) => say.yuan(name, sold ? '0' : ofAge(say, name, from, to));
  return element('AcctMthlyBlgInfSgmt', {
    Month: say.reportedOn.slice(0, 7),
    SettDate: say.reportedOn,
    AcctStatus: is.AcctStatus,
    AcctBal: is.AcctBal,
    RemRepPrd: is.RemRepPrd,
    FiveCate: is.FiveCate,
    FiveCateAdjDate: is.FiveCateAdjDate,
    RpyStatus: is.RpyStatus,
    OverdPrd: is.OverdPrd,
    TotOverd: is.TotOverd,
    OverdPrinc: is.OverdPrinc,
    Oved31_60Princ: age('Oved31_60Princ', 31, 60),
    Oved61_90Princ: age('Oved61_90Princ', 61, 90),
    Oved91_180Princ: age('Oved91_180Princ', 91, 180),
    OvedPrinc180: age('OvedPrinc180', 181, null),
    CurRpyAmt: say.yuan('CurRpyAmt', standing.dueInPeriod),
    ActRpyAmt: say.yuan('ActRpyAmt', standing.paidInPeriod),
    LatRpyDate: is.LatRpyDate,
    CloseDate: is.CloseDate,
  });
}

/** J, 非月度表现信息段. */
export function eventful(say: Elements, type: AccountType): string {
  const { lastPayment } = say.record.standing;
  const is = standingOf(say, type);
  return element('AcctDbtInfSgmt', {
    AcctStatus: is.AcctStatus,
    AcctBal: is.AcctBal,
    FiveCate: is.FiveCate,
    FiveCateAdjDate: is.FiveCateAdjDate,
    RemRepPrd: is.RemRepPrd,
    RpyStatus: is.RpyStatus,
    OverdPrd: is.OverdPrd,
    TotOverd: is.TotOverd,
    LatRpyAmt: lastPayment ? say.yuan('LatRpyAmt', lastPayment.amount) : '',
    LatRpyDate: is.LatRpyDate,
    CloseDate: is.CloseDate,
  });
}

/** P2 and P3. A debt that was sold is owed to somebody else: nothing of it is left here. */
function standingOf(say: Elements, type: AccountType) {
  const { standing } = say.record;
  const sold = standing.state === 'SOLD';
  const AcctStatus = statusOf(say, type);
  const AcctBal = sold ? '0' : say.yuan('AcctBal', standing.outstanding.principal);
  const OverdPrinc = sold ? '0' : say.yuan('OverdPrinc', standing.overdue.principal);
  const TotOverd = sold ? '0' : totalOf(say, standing.overdue);
  const OverdPrd = sold ? '0' : say.count('OverdPrd', standing.instalmentsOverdue);
  const CloseDate = isClosed(say) ? say.past('CloseDate', standing.stateSince) : '';
  if (isClosed(say)) {
    for (const [name, value] of Object.entries({ AcctBal, OverdPrd, TotOverd }))
      if (value !== '0') say.fault(name, 'P2', 'an account that is closed owes nothing');
    if (!CloseDate) say.fault('CloseDate', 'P2', 'an account that is closed says since when');
  }
  if (['41', '42'].includes(AcctStatus) && TotOverd === '0') say.fault('TotOverd', 'P3', `status ${AcctStatus} has something overdue`);
  return {
    AcctStatus,
    AcctBal,
    FiveCate: fiveCateOf(say),
    FiveCateAdjDate: say.past('FiveCateAdjDate', standing.qualityClassSince),
    RemRepPrd: say.count('RemRepPrd', standing.remainingInstalments),
    RpyStatus: repaymentOf(say),
    OverdPrd,
    TotOverd,
    OverdPrinc,
    LatRpyDate: say.past('LatRpyDate', standing.lastPayment?.on),
    CloseDate,
  };
}

/** Rounded once as a whole, so that it is never less than the principal in it. */
function totalOf(say: Elements, sums: FileSums): string {
  const places = 12;
  const total = [sums.principal, sums.interest, sums.fees, sums.penalties].reduce((sum, amount) => {
    say.yuan('TotOverd', amount);
    const [whole, fraction = ''] = amount.split('.');
    return sum + BigInt(whole! + fraction.padEnd(places, '0'));
  }, 0n);
  const digits = String(total).padStart(places + 1, '0');
  return say.yuan('TotOverd', `${digits.slice(0, -places)}.${digits.slice(-places)}`);
}

/** 1 正常, 2 逾期, 3 关闭, 42 呆账已核销, and what the tenant knows better (41, 6, 8); in C1 1 and, when it has ended, 2. */
function statusOf(say: Elements, type: AccountType): string {
  const { standing } = say.record;
  if (type === 'C1') return isClosed(say) ? '2' : '1';
  if (isClosed(say)) return '3';
  if (standing.state === 'WRITTEN_OFF') return '42';
  const known = say.optionalCode('AcctStatus');
  if (known && !['41', '6', '8'].includes(known))
    say.fault('AcctStatus', 'CODE', '41, 6 or 8 expected; the others follow from the standing');
  return known || (standing.daysPastDue > 0 ? '2' : '1');
}

function fiveCateOf(say: Elements): string {
  const { qualityClass } = say.record.standing;
  return [1, 2, 3, 4, 5].includes(qualityClass) ? String(qualityClass) : say.fault('FiveCate', 'CODE', '1 to 5 expected');
}

/** N, 1 to 7 by thirty days, 7 being more than 180; B written off, C paid, Z paid by an asset, G ended otherwise; `*` before anything fell due. */
function repaymentOf(say: Elements): string {
  const { state, specialTrades = [], daysPastDue, history, dueInPeriod } = say.record.standing;
  switch (state) {
    case 'WRITTEN_OFF':
      return 'B';
    case 'PAID':
      return specialTrades.some(({ kind }) => kind === 'ASSET_IN_LIEU') ? 'Z' : 'C';
    case 'SOLD':
    case 'CANCELLED':
      return 'G';
    case 'ACTIVE':
    case 'IN_COLLECTION':
      if (daysPastDue > 0) return String(Math.min(7, Math.ceil(daysPastDue / 30)));
      return history.length === 0 && !/[1-9]/.test(dueInPeriod) ? '*' : 'N';
  }
}

/** Unpaid principal between two ages; an age of the record has to lie within one of the bureau's. */
function ofAge(say: Elements, name: string, from: number, to: number | null): string {
  const last = to ?? Infinity;
  let found: string | null = null;
  for (const age of say.record.standing.overduePrincipalByAge) {
    const end = age.toDays ?? Infinity;
    if (end < from || age.fromDays > last) continue;
    if (age.fromDays < from || end > last)
      say.fault(name, 'AGE', `${age.fromDays} to ${age.toDays ?? '…'} days is not within ${from} to ${to ?? '…'}`);
    if (found !== null) say.fault(name, 'AGE', `one sum for ${from} to ${to ?? '…'} days expected`);
    found = age.principal;
  }
  return found ?? '0';
}
