// The segments and elements of PBOC's personal loan records, in the order that the bureau asks for.
import { fieldsOf, type FieldOf } from '../notation.js';

export type FieldType = 'text' | 'id' | 'date' | 'month' | 'amount' | 'count' | 'code';

export type Field = FieldOf<FieldType>;
const fields = fieldsOf<FieldType>;

/** Elements that hold text, and after them at most one group that repeats, whose number stands in `count`. */
export interface SegmentLayout {
  fields: readonly Field[];
  repeats?: { name: string; count: string; fields: readonly Field[] };
}

const accountTypes = 'D1 R1 R2 R3 R4 C1';
const five = '1 2 3 4 5 9';
const repayment = 'N * M 1 2 3 4 5 6 7 D Z B C G # A';

/** Segments of 210, by the name of the element; the letters are those of 212 and 213. */
export const segments: Readonly<Record<string, SegmentLayout & { letter: string }>> = {
  AcctBsSgmt: {
    letter: 'B',
    fields: fields(
      `InfRecType code! 210, AcctType code! ${accountTypes}, AcctCode id!, RptDate date!, RptDateCode code! 10 20 30 31 40`,
      'Name text!, IDType code!, IDNum text!, MngmtOrgCode id!',
    ),
  },
  AcctBsInfSgmt: {
    letter: 'C',
    fields: fields(
      'BusiLines code!, BusiDtlLines code!, OpenDate date!, Cy code! CNY, AcctCredLine amount, LoanAmt amount, Flag code 0 1, DueDate date',
      'RepayMode code, RepayFreqcy code, RepayPrd count, ApplyBusiDist code, GuarMode code, OthRepyGuarWay code, AssetTrandFlag code, FundSou code',
      'LoanForm code, CreditID text, LoanConCode text, FirstHouLoanFlag code',
    ),
  },
  RltRepymtInfSgmt: {
    letter: 'D',
    fields: fields('RltRepymtNm count!'),
    repeats: {
      name: 'RltRepymtInf',
      count: 'RltRepymtNm',
      fields: fields(
        'InfoIDType code! 1 2, ArlpName text!, ArlpCertType code!, ArlpCertNum text!, ArlpType code!, ArlpAmt amount, WartySign code, MaxGuarMcc text',
      ),
    },
  },
  MotgaCltalCtrctInfSgmt: {
    letter: 'E',
    fields: fields('CcNm count!'),
    repeats: { name: 'CccInf', count: 'CcNm', fields: fields('Ccc id!') },
  },
  AcctCredSgmt: { letter: 'F', fields: fields('Mcc id!') },
  OrigCreditorInfSgmt: { letter: 'G', fields: fields('InitCredName text!, InitCredOrgNm text, OrigDbtCate code!, InitRpySts code!') },
  AcctMthlyBlgInfSgmt: {
    letter: 'H',
    fields: fields(
      'Month month!, SettDate date, AcctStatus code!, AcctBal amount!, PridAcctBal amount, UsedAmt amount, NotIsuBal amount, RemRepPrd count',
      `FiveCate code! ${five}, FiveCateAdjDate date, RpyStatus code! ${repayment}, RpyPrct count, OverdPrd count!, TotOverd amount!, OverdPrinc amount`,
      'Oved31_60Princ amount, Oved61_90Princ amount, Oved91_180Princ amount, OvedPrinc180 amount, OvedrawBaOve180 amount, CurRpyAmt amount!',
      'ActRpyAmt amount!, LatRpyDate date, CloseDate date',
    ),
  },
  SpecPrdSgmt: { letter: 'I', fields: [] },
  AcctDbtInfSgmt: {
    letter: 'J',
    fields: fields(
      `AcctStatus code!, AcctBal amount!, FiveCate code! ${five}, FiveCateAdjDate date, RemRepPrd count, RpyStatus code ${repayment}`,
      'OverdPrd count!, TotOverd amount!, LatRpyAmt amount, LatRpyDate date, CloseDate date',
    ),
  },
  AcctSpecTrstDspnSgmt: {
    letter: 'K',
    fields: fields('CagOfTrdNm count!'),
    repeats: {
      name: 'CagOfTrdInf',
      count: 'CagOfTrdNm',
      fields: fields(
        'ChanTranType code! 1 2 3 4 5 8 11 12 13 14 15 16 17, TranDate date!, TranAmt amount!, DueTranMon count, DetInfo text',
      ),
    },
  },
};

/** Records that have no segments, by type. */
export const flat: Readonly<Record<string, { root: string; fields: readonly Field[] }>> = {
  '211': { root: 'InAcctIDCagsInf', fields: fields('InfRecType code! 211, OdBnesCode id!, NwBnesCode id!') },
  '213': {
    root: 'InAcctDel',
    fields: fields('InfRecType code! 213, DelRecCode id!, DelSgmtCode code! C D E F G H I J K, DelStartDate date!, DelEndDate date!'),
  },
  '214': { root: 'InAcctEntDel', fields: fields('InfRecType code! 214, DelRecCode id!') },
  '215': {
    root: 'InSpcEvtDscInf',
    fields: fields('InfRecType code! 215, AcctCode id!, OpetnType code!, Month month!, Flag code! 0 1, RptDate date!'),
  },
};

/** The head of a correction (212). */
export const correction = fields(
  `InfRecType code! 212, ModRecCode id!, RptDate date!, AcctType code! ${accountTypes}, MdfcSgmtCode code! B C D E F G H I J K`,
);

/** What AcctStatus may be, by type of account; of cards (R2, R3) only 4, 51 and 52 are sure. */
export const statuses: Readonly<Record<string, ReadonlySet<string>>> = {
  D1: new Set(['1', '2', '3', '41', '42', '6', '8']),
  R1: new Set(['1', '2', '3', '41', '42', '6', '8']),
  R4: new Set(['1', '2', '3', '41', '42', '6', '8']),
  R2: new Set(['1', '2', '3', '4', '51', '52', '6']),
  R3: new Set(['1', '2', '3', '4', '51', '52', '6']),
  C1: new Set(['1', '2']),
};
