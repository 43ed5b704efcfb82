// What Nusa holds: accounts by number with the version that is newest, and the reports on each. Everything is folded from the orders it took.

export interface Amount {
  amount: string;
  currency: string;
}

export interface Report {
  key: string;
  /** The date of the figures, by each version that was said of this report. */
  dates: Map<number, string>;
  state: 'OVERDUE' | 'CURED' | 'DELETED';
  asOf: string;
  overdueSince: string;
  daysPastDue: number;
  overdue: Amount;
  outstanding: Amount;
  qualityClass: number;
  disputed: boolean;
}

export interface Account {
  accountRef: string;
  borrowerRef: string;
  firstReportedOn: string;
  version: number;
  /** Every version that was taken, whatever it was about. */
  versions: Set<number>;
  newest: Report;
}

export interface Books {
  account(ref: string): Account | undefined;
  accounts(): Account[];
  report(key: string): { report: Report; account: Account } | undefined;
  /** The number that an account has instead. */
  renamed(ref: string): string | undefined;
  /** The newest date that it was told of. */
  today(): string | null;
  take(operation: string, body: any): void;
}

export function openBooks(): Books {
  const accounts = new Map<string, Account>();
  const reports = new Map<string, { report: Report; account: Account }>();
  const former = new Map<string, string>();
  let today: string | null = null;

  const figures = ({ reportingDate, overdueSince, daysPastDue, overdue, outstanding, qualityClass }: any) => ({
    state: 'OVERDUE' as const,
    asOf: reportingDate as string,
    overdueSince,
    daysPastDue,
    overdue,
    outstanding,
    qualityClass,
  });

  function raise(body: any): Account {
    const report: Report = { key: body.reportKey, dates: new Map(), disputed: false, ...figures(body) };
    const account = accounts.get(body.accountRef) ?? {
      accountRef: body.accountRef,
      borrowerRef: body.borrowerRef,
      firstReportedOn: body.reportingDate,
      version: 0,
      versions: new Set(),
      newest: report,
    };
    Object.assign(account, { newest: report, borrowerRef: body.borrowerRef });
    accounts.set(account.accountRef, account);
    reports.set(report.key, { report, account });
    return account;
  }

  function rename({ accountRef, formerAccountRef }: any): Account {
    const account = accounts.get(formerAccountRef)!;
    accounts.delete(formerAccountRef);
    accounts.set(accountRef, account);
    former.set(formerAccountRef, accountRef);
    account.accountRef = accountRef;
    return account;
  }

  const changes: Record<string, (body: any) => Account | undefined> = {
    reportOverdue: raise,
    changeIdentifier: rename,
    updateReport: (body) => change(body, figures(body)),
    correctReport: (body) => change(body, figures(body)),
    withdrawReport: (body) => change(body, { state: 'CURED', asOf: body.reportingDate }),
    deleteReport: (body) => change(body, { state: 'DELETED', asOf: body.reportingDate, disputed: false }),
    markDispute: (body) => change(body, { disputed: body.mark === 'SET' }),
    respondDispute: (body) => accounts.get(body.accountRef),
  };

  function change({ reportKey }: any, to: Partial<Report>): Account {
    const { report, account } = reports.get(reportKey)!;
    Object.assign(report, to);
    return account;
  }

  return {
    account: (ref) => accounts.get(ref),
    accounts: () => [...accounts.values()],
    report: (key) => reports.get(key),
    renamed: (ref) => former.get(ref),
    today: () => today,
    take(operation, body) {
      const account = changes[operation]?.(body);
      if (!account) return;
      account.version = Math.max(account.version, body.version);
      account.versions.add(body.version);
      const said = reports.get(body.reportKey);
      said?.report.dates.set(body.version, said.report.asOf);
      if (!today || body.reportingDate > today) today = body.reportingDate;
    },
  };
}
