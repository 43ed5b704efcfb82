// Opens a case for a borrower whose loan entered arrears, or reopens the last one when it closed a short while ago.
import { daysBetween } from '../domain/day.js';
import type { Fact } from '../domain/fact.js';
import { idOf } from '../domain/ids.js';
import type { CaseRow } from '../storage/cases.js';
import { RecoveryCase } from '../storage/definitions/cases.js';
import { ExternalRef } from '../storage/definitions/log.js';
import type { Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';
import type { JudgedLoan } from './judged-loan.js';

/** Two systems or tenants may number their borrowers alike: five letters of the borrower's own id tell their cases apart. */
const caseRefOf = (borrowerNo: string, borrowerId: string, ordinal: number): string =>
  `RC-${borrowerNo}-${ordinal}-${borrowerId.slice(borrowerId.indexOf('_') + 1).slice(0, 5)}`;

/** `cases` holds each borrower's newest case and gets the new ones. */
export function openCases(tx: Tx, fact: Fact, entering: readonly JudgedLoan[], cases: Map<string, CaseRow>): void {
  const today = fact.businessOn;
  for (const { loan, is, policy } of entering) {
    const borrowerId = loan.borrowerId!;
    const last = cases.get(borrowerId);
    const entered = {
      type: 'LOAN_ENTERED_ARREARS',
      summary: `A loan is ${is.delinquentDays} days past due`,
      actor: fact.source,
      effectiveOn: today,
      data: { loanId: loan.id, episode: loan.episode, overdueSince: is.overdueSince },
    };
    if (last?.status === 'OPEN') {
      changeCase(tx, last, fact, [entered]);
    } else if (last?.closedOn && daysBetween(last.closedOn, today) <= policy.cases.reopenWithin && last.closeReason === 'CURED') {
      Object.assign(last, {
        status: 'OPEN',
        closedOn: null,
        closeReason: null,
        curedSince: null,
        overdueSince: is.overdueSince,
        reopened: last.reopened + 1,
        treatment: 'REMINDER',
      });
      changeCase(tx, last, fact, [
        { type: 'CASE_REOPENED', summary: 'Arrears again within the window of the last case', actor: fact.source, effectiveOn: today },
        entered,
      ]);
    } else {
      const ordinal = (last?.ordinal ?? 0) + 1;
      const ref = caseRefOf(loan.position.account!.borrowerId, borrowerId, ordinal);
      const opened: CaseRow = {
        id: idOf('case', borrowerId, ordinal),
        tenant: loan.tenant,
        ref,
        borrowerId,
        ordinal,
        jurisdiction: loan.position.account!.jurisdiction,
        status: 'OPEN',
        stage: '',
        openedOn: today,
        closedOn: null,
        closeReason: null,
        reopened: 0,
        curedSince: null,
        overdueSince: is.overdueSince,
        highestThreshold: 0,
        qualityClass: is.qualityClass,
        treatment: 'REMINDER',
        arrangement: 'NONE',
        legal: 'NONE',
        disposal: null,
        preservation: 'NONE',
        placement: 'NONE',
        placeableFrom: null,
        ownership: 'OWNED',
        legalEligible: false,
        assignee: null,
        team: null,
        sequence: 0n,
        version: 0,
        policyVersion: policy.version,
      };
      tx.rows(RecoveryCase).add(opened);
      tx.append(ExternalRef, { system: 'casegraph', ref, id: idOf('ref', 'casegraph', ref), nodeId: opened.id });
      changeCase(tx, opened, fact, [
        {
          type: 'CASE_OPENED',
          summary: `Opened by rule ${policy.version}/open-from-${policy.cases.openFrom}`,
          actor: fact.source,
          effectiveOn: today,
          data: { policyVersion: policy.version },
        },
        entered,
      ]);
      cases.set(borrowerId, opened);
    }
  }
}
