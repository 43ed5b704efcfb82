// The bureau's own codes that a 210 record asks for and that no loan book knows: what tenants set, under the names of the elements.

/** Those marked with a default may be left out; a record without one of the others that it needs is refused. */
export type CodeName =
  /** D1, R1, R4 or C1. Default: C1 where the debt was bought, D1 for INSTALMENT and MORTGAGE. */
  | 'AcctType'
  /** 41, 6 or 8 of an account that is neither closed nor written off. Default: by its arrears. */
  | 'AcctStatus'
  /** Fourteen characters. Default: the reporter's code. */
  | 'MngmtOrgCode'
  /** Of the party. Default: 10 for a national identity card. */
  | 'IDType'
  /** Default in C1: 51. */
  | 'BusiLines'
  /** Default in C1: A1. */
  | 'BusiDtlLines'
  /** 1: paid out in parts, and then the account has an Mcc. Default: 0. */
  | 'Flag'
  | 'RepayMode'
  /** Default: 03 where an instalment falls due each month. */
  | 'RepayFreqcy'
  /** Default: the city code of the borrower's address. */
  | 'ApplyBusiDist'
  | 'GuarMode'
  /** Default: 0. */
  | 'OthRepyGuarWay'
  /** Default: 0. */
  | 'AssetTrandFlag'
  | 'FundSou'
  | 'LoanForm'
  /** May be left out, as the next. */
  | 'LoanConCode'
  | 'FirstHouLoanFlag'
  /** The code of the credit line, needed in R1 and R4 and with a Flag of 1. */
  | 'Mcc'
  /** Of a collateral: the code of its contract. Collateral without one is not told. */
  | 'Ccc'
  /** Of a guarantor or joint borrower, the next four. Default: 2 and 1; the others may be left out, but ArlpCertType not of a company. */
  | 'ArlpType'
  | 'ArlpCertType'
  | 'WartySign'
  | 'MaxGuarMcc'
  /** Of a debt that was bought. Default: the classification of its original creditor. */
  | 'OrigDbtCate'
  /** Of a debt that was bought: how it was repaid when it passed. */
  | 'InitRpySts'
  /** Of a note (215): the kind of event. */
  | 'OpetnType';
