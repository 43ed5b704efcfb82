// What a simulated law firm tells where nobody says what: a court, a docket, sums and dates that go together.
import { plusDays } from '../../../domain/day.js';
import type { Matter } from './rules.js';

const courts: Readonly<Record<string, string>> = { ID: 'Pengadilan Negeri Jakarta Selatan', CN: '上海市浦东新区人民法院' };

const docketOf = (jurisdiction: string | null, n: number, today: string): string => {
  const year = today.slice(0, 4);
  if (jurisdiction === 'CN') return `(${year})沪0115民初${1000 + n}号`;
  return jurisdiction === 'ID' ? `${n}/Pdt.G/${year}/PN.Jkt.Sel` : `CV-${year}-${n}`;
};

/** @param n the number of the matter at the firm. @param today the newest date that the firm was told of */
export function plausible(type: string, matter: Matter, n: number, today: string): Record<string, unknown> {
  const { claimed, told, jurisdiction } = matter;
  const sum = (name: string) => (claimed ? { [name]: claimed } : {});
  const sent = told.filter((each) => each === 'matter.demandSent').length;
  const orders = told.filter((each) => each === 'matter.preservationApplied').length;
  const orderRef = `P-${n}-${Math.max(1, type === 'matter.preservationApplied' ? orders + 1 : orders)}`;
  const at = `${plusDays(today, 21)}T02:00:00Z`;
  const data: Record<string, Record<string, unknown>> = {
    'matter.demandSent': { level: Math.min(3, sent + 1), sentOn: today, deliveredOn: today, proof: `POD-${n}-${sent + 1}` },
    'matter.letterSent': { sentOn: today, deliveredOn: today, proof: `POD-${n}-L` },
    'matter.filed': {
      court: courts[jurisdiction ?? ''] ?? 'District Court',
      docket: docketOf(jurisdiction, n, today),
      filedOn: today,
      procedure: 'ORDINARY',
      ...sum('claimed'),
    },
    'matter.preservationApplied': { orderRef, appliedOn: today, asset: 'Account at another bank' },
    'matter.preservationGranted': { orderRef, grantedOn: today, expiresOn: plusDays(today, 365) },
    'matter.preservationServed': { orderRef, servedOn: today },
    'matter.preservationRenewed': { orderRef, renewedOn: today, expiresOn: plusDays(today, 365) },
    'matter.preservationExpired': { orderRef, expiredOn: today },
    'matter.preservationLifted': { orderRef, liftedOn: today },
    'matter.served': { servedOn: today },
    'matter.mediationScheduled': { at },
    'matter.hearingScheduled': { at },
    'matter.judgmentGiven': { result: 'FULL', judgedOn: today, ...sum('awarded') },
    'matter.appealed': { appealedOn: today, by: 'DEBTOR' },
    'matter.becameFinal': { finalOn: today },
    'matter.enforcementApplied': { appliedOn: today, enforcementRef: `E-${n}` },
    'matter.enforcementStarted': { startedOn: today, enforcementRef: `E-${n}` },
    'matter.suspended': { suspendedOn: today },
    'matter.resumed': { resumedOn: today },
    'matter.satisfied': { satisfiedOn: today },
    'matter.settlementProposed': { amount: claimed ?? { amount: '1.00', currency: 'IDR' }, proposedOn: today },
    'matter.settlementConfirmed': { confirmedOn: today, ...sum('amount') },
    'matter.refused': { code: 'CONFLICT', reason: 'We act for the other side' },
    'matter.closed': { reason: 'Done' },
  };
  return data[type] ?? {};
}
