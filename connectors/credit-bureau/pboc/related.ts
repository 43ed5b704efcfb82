// Segments D to G and K: who else answers for the debt, its collateral, credit line and first creditor, and what happened outside the schedule.
import type { FileStanding } from '../../bureau-file.js';
import { flagOf, identityOf } from './account.js';
import type { AccountType } from './account-type.js';
import type { Elements } from './elements.js';
import { element, wrapped } from './xml.js';

/** D, 相关还款责任人段: joint borrowers and guarantors; empty without any. A guarantor of no percentage answers for all. */
export function responsible(say: Elements): string {
  const parties = say.record.associates.filter(({ role }) => role !== 'AUTHORISED');
  const each = parties.map((party) =>
    element('RltRepymtInf', {
      InfoIDType: party.kind === 'PERSON' ? '1' : '2',
      ArlpName: say.needed('ArlpName', party.name.full),
      ArlpCertType: identityOf(say, party, 'ArlpCertType'),
      ArlpCertNum: say.needed('ArlpCertNum', party.idNumber),
      ArlpType: say.code('ArlpType', party.role === 'GUARANTOR' ? '2' : '1', party.codes),
      ArlpAmt: say.yuan('ArlpAmt', say.record.account.originalPrincipal, party.percent),
      WartySign: say.optionalCode('WartySign', party.codes),
      MaxGuarMcc: say.optionalCode('MaxGuarMcc', party.codes),
    }),
  );
  return each.length ? counted('RltRepymtInfSgmt', 'RltRepymtNm', each) : '';
}

/** E, 抵质押物信息段: the contracts that the bureau knows; empty without any. */
export function collateral(say: Elements): string {
  const contracts = say.record.collaterals.flatMap(({ codes }) => (codes?.['Ccc'] ? [say.code('Ccc', undefined, codes)] : []));
  const each = [...new Set(contracts)].map((Ccc) => element('CccInf', { Ccc }));
  return each.length ? counted('MotgaCltalCtrctInfSgmt', 'CcNm', each) : '';
}

/** F, 授信额度信息段: of an account under a credit line, or paid out in parts. */
export function creditLine(say: Elements, type: AccountType): string {
  return type === 'D1' && flagOf(say) !== '1' ? '' : element('AcctCredSgmt', { Mcc: say.code('Mcc') });
}

/** G, 初始债权说明段. */
export function firstCreditor(say: Elements): string {
  const { originalCreditor } = say.record.account;
  return element('OrigCreditorInfSgmt', {
    InitCredName: say.needed('InitCredName', originalCreditor?.name),
    InitCredOrgNm: originalCreditor?.code ?? '',
    OrigDbtCate: say.code('OrigDbtCate', originalCreditor?.classification),
    InitRpySts: say.code('InitRpySts'),
  });
}

type Trade = NonNullable<FileStanding['specialTrades']>[number];

const kinds: Readonly<Record<Trade['kind'], string>> = {
  EXTENDED: '1',
  ASSET_IN_LIEU: '3',
  PREPAID: '4',
  SETTLED_EARLY: '5',
  JUDICIAL: '8',
  FORGIVEN: '11',
  SOLD: '13',
  WRITTEN_OFF: '15',
};

/** K, 特殊交易说明段; empty without any. A sale that is in the state alone is told by the principal that was owed. */
export function trades(say: Elements): string {
  const { standing } = say.record;
  const told: Trade[] = [...(standing.specialTrades ?? [])];
  if (standing.state === 'SOLD' && !told.some(({ kind }) => kind === 'SOLD'))
    told.push({ kind: 'SOLD', on: standing.stateSince, amount: standing.outstanding.principal });
  const each = told.map((trade) =>
    element('CagOfTrdInf', {
      ChanTranType: kinds[trade.kind],
      TranDate: say.past('TranDate', say.needed('TranDate', trade.on)),
      TranAmt: say.yuan('TranAmt', trade.amount),
      DueTranMon: say.count('DueTranMon', trade.changedMonths ?? 0),
      DetInfo: trade.kind === 'SOLD' ? (standing.sale?.buyer ?? '') : '',
    }),
  );
  return each.length ? counted('AcctSpecTrstDspnSgmt', 'CagOfTrdNm', each) : '';
}

const counted = (segment: string, count: string, each: readonly string[]): string =>
  wrapped(segment, `<${count}>${each.length}</${count}>${each.join('')}`);
