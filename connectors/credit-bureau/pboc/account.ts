// Segments B and C: whose account it is, and what was agreed.
import type { FileParty } from '../../bureau-file.js';
import type { AccountType, Reason } from './account-type.js';
import type { Elements } from './elements.js';
import { element } from './xml.js';

/** B, 基础段. */
export function base(say: Elements, type: AccountType, reason: Reason): string {
  const { account, borrower } = say.record;
  if (borrower.kind !== 'PERSON') say.fault('Name', 'CODE', 'companies are told in records of 4xx, which are not written');
  return element('AcctBsSgmt', {
    InfRecType: '210',
    AcctType: type,
    AcctCode: say.account('AcctCode', account.accountRef),
    RptDate: say.date('RptDate', say.reportedOn),
    RptDateCode: reason,
    Name: say.needed('Name', borrower.name.full),
    IDType: identityOf(say, borrower, 'IDType'),
    IDNum: say.needed('IDNum', borrower.idNumber),
    MngmtOrgCode: say.code('MngmtOrgCode', say.header.reporter.code),
  });
}

/** 10 is the resident's identity card; the code of any other has to be told. */
export function identityOf(say: Elements, party: FileParty, name: 'IDType' | 'ArlpCertType'): string {
  const own = party.codes?.[name] ? { [name]: party.codes[name] } : undefined;
  if (!own && party.idKind !== 'NATIONAL') return say.fault(name, 'CODE', `the code ${name} has to be told of the party`);
  return own ? say.code(name, undefined, own) : '10';
}

/** C, 基本信息段. A bought debt has no terms of repayment left. */
export function terms(say: Elements, type: AccountType): string {
  const { account, borrower } = say.record;
  const bought = type === 'C1';
  const limit = type === 'R1';
  const ofLoan = (text: () => string) => (bought ? '' : text());
  return element('AcctBsInfSgmt', {
    BusiLines: say.code('BusiLines', bought ? '51' : undefined),
    BusiDtlLines: say.code('BusiDtlLines', bought ? 'A1' : undefined),
    OpenDate: say.past('OpenDate', say.needed('OpenDate', account.openedOn)),
    Cy: account.currency,
    AcctCredLine: limit ? say.yuan('AcctCredLine', account.creditLimit ?? account.originalPrincipal) : '',
    LoanAmt: limit ? '' : say.yuan('LoanAmt', account.originalPrincipal),
    Flag: ofLoan(() => flagOf(say)),
    DueDate: ofLoan(() => say.date('DueDate', say.needed('DueDate', account.maturesOn))),
    RepayMode: ofLoan(() => say.code('RepayMode')),
    RepayFreqcy: ofLoan(() => say.code('RepayFreqcy', account.everyMonths === 1 ? '03' : undefined)),
    RepayPrd: ofLoan(() => say.count('RepayPrd', account.instalments)),
    ApplyBusiDist: ofLoan(() => say.code('ApplyBusiDist', borrower.address?.cityCode)),
    GuarMode: ofLoan(() => say.code('GuarMode')),
    OthRepyGuarWay: ofLoan(() => say.code('OthRepyGuarWay', '0')),
    AssetTrandFlag: ofLoan(() => say.code('AssetTrandFlag', '0')),
    FundSou: ofLoan(() => say.code('FundSou')),
    LoanForm: ofLoan(() => say.code('LoanForm')),
    LoanConCode: ofLoan(() => say.optionalCode('LoanConCode')),
    FirstHouLoanFlag: ofLoan(() => say.optionalCode('FirstHouLoanFlag')),
  });
}

export const flagOf = (say: Elements): string => say.code('Flag', '0');
