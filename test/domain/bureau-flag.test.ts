// What a bureau is told of one loan, against a model of a bureau that refuses what is not newer, under lives of loans and deliveries by chance.
import fc from 'fast-check';
import { disputed, settled } from '../../src/domain/bureau/dispute.js';
import { decide, isLive, type Account, type Act, type Day, type Flag } from '../../src/domain/bureau/flag.js';
import { toDate } from '../../src/domain/day.js';

interface Message {
  does: Act['does'];
  version: number;
  reportKey: string;
  replaces: number | undefined;
  accountRef: string;
  figures: string;
  /** Of a deletion: the person is no debtor at all. */
  fraud: boolean;
}
interface Held {
  version: number;
  state: 'OVERDUE' | 'CURED' | 'DELETED';
  figures: string;
  disputed: boolean;
}
const overdue = ['OVERDUE', 'UPDATE', 'CORRECTION'];

/** One account at a bureau. */
class ModelBureau {
  version = 0;
  accountRef: string | null = null;
  readonly reports = new Map<string, Held>();
  readonly taken: Message[] = [];

  take(message: Message): 'taken' | 'STALE_VERSION' | 'UNKNOWN_KEY' {
    if (message.version <= this.version) return 'STALE_VERSION';
    const { does, reportKey, figures } = message;
    const known = this.reports.get(reportKey);
    if (does !== 'OVERDUE' && (!known || known.state === 'DELETED')) return 'UNKNOWN_KEY';
    this.version = message.version;
    this.accountRef = message.accountRef;
    const disputed = does === 'DISPUTE_MARK_SET' || (does !== 'DISPUTE_MARK_CLEARED' && (known?.disputed ?? false));
    if (overdue.includes(does)) this.reports.set(reportKey, { version: message.version, state: 'OVERDUE', figures, disputed });
    else if (does === 'WITHDRAWAL') this.reports.set(reportKey, { ...known!, version: message.version, state: 'CURED', disputed });
    else if (does === 'DELETION') this.reports.set(reportKey, { ...known!, version: message.version, state: 'DELETED', disputed });
    else this.reports.set(reportKey, { ...known!, disputed });
    this.taken.push(message);
    return 'taken';
  }
}

const textOf = ({ asOf, overdueSince, daysPastDue, overdueMinor, outstandingMinor, qualityClass }: Flag) =>
  [asOf, overdueSince, daysPastDue, overdueMinor, outstandingMinor, qualityClass].join(' ');

/** What happens in one turn of a loan's life, out of whole numbers. */
interface Turn {
  days: number;
  is: number;
  amount: number;
  doubt: number;
  hold: boolean;
  renumber: boolean;
  dispute: number;
}
const turn: fc.Arbitrary<Turn> = fc.record({
  days: fc.integer({ min: 1, max: 45 }),
  is: fc.integer({ min: 0, max: 5 }),
  amount: fc.integer({ min: 1, max: 3 }),
  doubt: fc.integer({ min: 0, max: 3 }),
  hold: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  renumber: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  dispute: fc.integer({ min: 0, max: 8 }),
});

/** What an account is after its acts. */
function after(account: Account, acts: readonly Act[], accountRef: string): Account {
  const flags = new Map(account.flags.map((flag) => [flag.reportKey, flag]));
  for (const { flag } of acts) flags.set(flag.reportKey, flag);
  const said = acts.filter(({ version }) => version);
  return {
    ...account,
    version: said.at(-1)?.version ?? account.version,
    accountRef: said.length ? accountRef : account.accountRef,
    flags: [...flags.values()],
  };
}

/** Lives a loan's life. @returns what was said, in its order, and the account at the end */
function live(turns: readonly Turn[], noticeDays: number | null): { said: Message[]; account: Account; marked: Set<string> } {
  let account: Account = { key: 'b/l', version: 0, accountRef: null, flags: [] };
  const said: Message[] = [];
  const marked = new Set<string>();
  let [day, since, episode, accountNo, inDispute] = [20_000, 0, 0, 1, null as string | null];
  const apply = (acts: readonly Act[]) => {
    account = after(account, acts, `A${accountNo}`);
    for (const { does, flag, version, replaces } of acts) {
      if (!version) continue;
      said.push({
        does,
        version,
        reportKey: flag.reportKey,
        replaces,
        accountRef: `A${accountNo}`,
        figures: textOf(flag),
        fraud: flag.withdrawReason === 'FRAUD',
      });
      if (does === 'DISPUTE_MARK_SET') marked.add(flag.reportKey);
      if (does === 'DISPUTE_MARK_CLEARED') marked.delete(flag.reportKey);
    }
  };
  for (const { days, is, amount, doubt, hold, renumber, dispute } of turns) {
    day += days;
    if (renumber) accountNo++;
    const wasLate = since > 0;
    if (is === 0)
      since = 0; // paid
    else if (is === 1 && wasLate)
      since = Math.min(day - 1, since + 30); // an instalment was paid
    else if (!since) since = day - amount * 10;
    if (!wasLate && since) episode++;
    const figures = (at: number, late: number, owed: number) => ({
      asOf: toDate(at),
      overdueSince: late > 0 ? toDate(at - late) : null,
      daysPastDue: late,
      overdueMinor: BigInt(owed),
      outstandingMinor: 1_000n,
      qualityClass: late > 90 ? 3 : 2,
    });
    const open = account.flags.find(isLive);
    const asOf = open ? Date.parse(open.asOf) / 86_400_000 : 0;
    const revised = { ...figures(asOf, doubt * 15, amount), days: doubt * 15, least: 31 };
    const late = since ? day - since : 0;
    const today: Day = {
      accountRef: `A${accountNo}`,
      episode,
      late: since > 0,
      cures: wasLate && !since,
      seen: { ...figures(day, late, amount), days: late },
      revised: open && doubt ? revised : null,
      from: 31,
      steps: [91, 121],
      noticeDays,
      held: hold,
    };
    apply(decide(account, today));
    const flag = account.flags.findLast(({ version, state }) => version > 0 && state !== 'DELETED');
    if (inDispute) {
      const about = account.flags.find(({ reportKey }) => reportKey === inDispute)!;
      const live = isLive(about) && about.overdueSince;
      const modified = { is: 'MODIFIED' as const, revised: { ...about, overdueMinor: 77n, days: 40, least: 31 }, steps: [91, 121] };
      const deleted = { is: 'DELETED' as const, reason: dispute === 4 ? 'FRAUD' : 'DISPUTE_UPHELD' };
      if (dispute >= 3) {
        apply(settled(account, about, dispute < 6 ? deleted : dispute < 8 && live ? modified : { is: 'VERIFIED' }, toDate(day)));
        inDispute = null;
      }
    } else if (flag && dispute === 0) {
      apply(disputed(account, flag));
      inDispute = flag.reportKey;
    }
  }
  return { said, account, marked };
}

const lives = fc.array(turn, { minLength: 1, maxLength: 14 });
const notices = fc.constantFrom(null, 5);
const chance = fc.array(fc.nat(), { minLength: 40, maxLength: 40 });

it('tells a bureau that takes deliveries in any order, some of them twice, nothing overdue after a newer cure (10,000 lives)', () => {
  const ran = { messages: 0, stale: 0, kinds: new Map<string, number>() };
  fc.assert(
    fc.property(lives, notices, chance, (turns, notice, dice) => {
      const { said } = live(turns, notice);
      if (said.some(({ version }, i) => version !== i + 1)) throw new Error(`Versions are ${said.map(({ version }) => version).join()}`);
      const twice = [...said, ...said.filter((_, i) => dice[i % dice.length]! % 3 === 0)];
      const shuffled = twice.map((each, i) => ({ each, at: dice[(i * 7) % dice.length]! })).sort((a, b) => a.at - b.at);
      const bureau = new ModelBureau();
      for (const { each } of shuffled) if (bureau.take(each) === 'STALE_VERSION') ran.stale++;
      const cured = new Map<string, number>();
      for (const { does, reportKey, version } of bureau.taken) {
        if (does === 'WITHDRAWAL') cured.set(reportKey, version);
        if (overdue.includes(does) && version <= (cured.get(reportKey) ?? 0)) throw new Error(`${reportKey} is overdue again`);
      }
      for (const { does } of said) ran.kinds.set(does, (ran.kinds.get(does) ?? 0) + 1);
      const deleted = new Set<string>();
      for (const { does, reportKey, fraud } of said) {
        const episode = reportKey.split(/[/.]/)[2]!;
        if (does === 'OVERDUE' && (deleted.has(episode) || deleted.has('fraud'))) throw new Error(`${reportKey} was deleted for good`);
        if (does === 'DELETION') deleted.add(fraud ? 'fraud' : episode);
      }
      ran.messages += said.length;
    }),
    { numRuns: 10_000 },
  );
  expect(ran.stale).toBeGreaterThan(1_000);
  for (const kind of [...overdue, 'WITHDRAWAL', 'DELETION', 'IDENTIFIER_CHANGE', 'DISPUTE_MARK_SET', 'DISPUTE_MARK_CLEARED'])
    expect([kind, (ran.kinds.get(kind) ?? 0) > 100]).toEqual([kind, true]);
});

it('leaves the bureau where we are once the lane has delivered all, whatever comes twice and late (10,000 lives)', () => {
  fc.assert(
    fc.property(lives, notices, chance, (turns, notice, dice) => {
      const { said, account, marked } = live(turns, notice);
      const bureau = new ModelBureau();
      said.forEach((message, i) => {
        const answer = bureau.take(message); // compared by hand: a hundred thousand expectations take seconds
        if (answer !== 'taken') throw new Error(`${message.does} ${message.version} is refused: ${answer}`);
        if ((message.replaces ?? 0) >= message.version) throw new Error(`${message.version} replaces ${message.replaces}`);
        const again = said[dice[i % dice.length]! % (i + 1)]!;
        if (bureau.take(again) !== 'STALE_VERSION') throw new Error(`${again.does} ${again.version} is taken twice`);
      });
      const ours = account.flags
        .filter(({ version }) => version > 0)
        .map((flag): [string, Held] => [
          flag.reportKey,
          {
            version: flag.version,
            state: isLive(flag) ? 'OVERDUE' : flag.state === 'DELETED' ? 'DELETED' : 'CURED',
            figures: textOf(flag),
            disputed: marked.has(flag.reportKey),
          },
        ]);
      expect(Object.fromEntries(bureau.reports)).toEqual(Object.fromEntries(ours));
      expect([bureau.version, bureau.accountRef]).toEqual([account.version, account.accountRef]);
    }),
    { numRuns: 10_000 },
  );
});
