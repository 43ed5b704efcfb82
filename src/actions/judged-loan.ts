// A loan as a business date has judged it.
import type { Verdict } from '../domain/case/judge.js';
import type { Assessment } from '../domain/loan/assess.js';
import type { Policy } from '../domain/policy.js';
import type { LoanRow } from '../storage/loans.js';

export interface JudgedLoan {
  loan: LoanRow;
  is: Assessment;
  policy: Policy;
  verdict: Verdict;
}
