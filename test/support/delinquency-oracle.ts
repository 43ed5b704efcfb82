// What a loan owes on a day, by brute force: payment by payment and day by day, from the loan's whole history. It shares nothing with the product, so that it can contradict it.

/** Minor units of one component of one instalment. */
export interface Cell {
  due: number;
  paid: number;
  waived: number;
  writtenOff: number;
}

/** Cells in the order in which money meets them: penalty, fee, interest, principal. Days are numbers. */
export interface Line {
  number: number;
  from: number;
  due: number;
  cells: Cell[];
}

/** `at` is the place in the source's order, `on` the day from which it counts. */
export type Told = { at: number; on: number } & (
  | { is: 'account'; status: string; grace: number; tolerance: number; judged: number; lines: Line[] | null }
  | { is: 'schedule'; lines: Line[]; eased: boolean; wasBad: boolean }
  | { is: 'money'; id: string; kind: string; amount: number }
  | { is: 'undone'; id: string }
  | { is: 'charge' | 'chargeWaived' | 'chargeRemoved'; id: string; due: number; amount: number }
  | { is: 'pause'; from: number; until: number }
);

export interface Rules {
  buckets: readonly [id: string, min: number, max: number][];
  /** First day of class 1, 2, 3 … */
  classes: readonly number[];
  /** Days of watch and least class after easier terms, for a loan that was performing and for one that was not. */
  watch: { performing: [days: number, floor: number]; bad: [days: number, floor: number] } | null;
}

export interface Seen {
  result: string;
  overdueSince: number | null;
  daysPastDue: number;
  pausedDays: number;
  delinquentDays: number;
  /** Of the instalments that are late, and with what chargebacks took beyond them. */
  overdueLines: number;
  overdue: number;
  outstanding: number;
  bucket: string;
  class: number;
}

const newest = <Each extends Told>(all: Each[]): Each | undefined => {
  let found: Each | undefined;
  for (const each of all) if (!found || each.at > found.at) found = each;
  return found;
};

const owing = (cell: Cell): number => Math.max(0, cell.due - cell.waived - cell.writtenOff - cell.paid);

const columnOf = (kind: string) => (kind === 'WAIVER' ? 'waived' : kind === 'WRITE_OFF' ? 'writtenOff' : 'paid');

/** The instalments as they stand by all that was told: the newest schedule, and one after the other what it does not contain. */
export function ledger(told: readonly Told[]): Line[] {
  const schedule = newest(
    told.filter((each): each is Extract<Told, { lines: Line[] | null }> => 'lines' in each && each.lines !== null && each.lines.length > 0),
  );
  if (!schedule) return [];
  const lines = structuredClone(schedule.lines!).sort((a, b) => a.due - b.due || a.number - b.number);
  const all = lines.flatMap(({ cells }) => cells);
  const money = told.filter((each) => each.is === 'money');
  const undone = (id: string, upTo: number) => told.some((each) => each.is === 'undone' && each.id === id && each.at <= upTo);
  const effective = (id: string, upTo: number) =>
    undone(id, upTo) ? undefined : newest(money.filter((each) => each.id === id && each.at <= upTo));
  const back: { amount: number; kind: string }[] = [];
  const fresh: { amount: number; kind: string; on: number; id: string }[] = [];
  let contained = 0;
  for (const id of [...new Set(money.map((each) => each.id))].sort()) {
    const then = effective(id, schedule.at);
    const now = effective(id, Infinity);
    if (['CHARGEBACK', 'DISBURSEMENT'].includes((then ?? now)?.kind ?? '')) continue;
    if (then && !['WAIVER', 'WRITE_OFF'].includes(then.kind)) contained += then.amount;
    if (then && now && then.amount === now.amount) continue;
    if (then) back.push(then);
    if (now) fresh.push(now);
  }
  let beyond = 0;
  if (lines.every((line) => line.cells.every((cell) => owing(cell) === 0)))
    beyond = Math.max(0, contained - all.reduce((sum, { paid }) => sum + paid, 0));
  for (const { kind, amount } of back) {
    const column = columnOf(kind);
    let left = amount;
    if (column === 'paid') {
      const covered = Math.min(beyond, left);
      beyond -= covered;
      left -= covered;
    }
    for (let cell; left > 0 && (cell = all.findLast((each) => each[column] > 0));) {
      const take = Math.min(left, cell[column]);
      cell[column] -= take;
      left -= take;
    }
  }
  for (const id of new Set(told.flatMap((each) => (each.is === 'charge' ? each.id : [])))) {
    const about = told.filter(
      (each) => (each.is === 'charge' || each.is === 'chargeWaived' || each.is === 'chargeRemoved') && each.id === id,
    );
    const owed = (upTo: number): number => {
      const known = about.filter(({ at }) => at <= upTo) as Extract<Told, { due: number; amount: number }>[];
      const applied = newest(known.filter(({ is }) => is === 'charge'));
      if (!applied || known.some(({ is }) => is === 'chargeRemoved')) return 0;
      return Math.max(0, applied.amount - (newest(known.filter(({ is }) => is === 'chargeWaived'))?.amount ?? 0));
    };
    const { due } = about.find(({ is }) => is === 'charge') as Extract<Told, { due: number; amount: number }>;
    const line = lines.find((each) => each.due >= due) ?? lines.at(-1)!;
    line.cells[0]!.due += owed(Infinity) - owed(schedule.at);
  }
  fresh.sort((a, b) => a.on - b.on || (a.id < b.id ? -1 : 1));
  for (const { kind, amount } of fresh) {
    let left = amount;
    for (let cell; left > 0 && (cell = all.find((each) => owing(each) > 0));) {
      const take = Math.min(left, owing(cell));
      cell[columnOf(kind)] += take;
      left -= take;
    }
  }
  return lines;
}

/** Days from a first one up to the one before another, counted one by one. */
function count(from: number, until: number, holds: (day: number) => boolean = () => true): number {
  let days = 0;
  for (let day = from; day < until; day++) if (holds(day)) days++;
  return days;
}

/** How the loan stands on each day that is asked for. */
export function oracleOf(told: readonly Told[], rules: Rules): (day: number) => Seen {
  const account = newest(told.filter((each) => each.is === 'account'));
  const lines = ledger(told);
  const open = (line: Line) => line.cells.reduce((sum, cell) => sum + owing(cell), 0);
  const outstanding = lines.reduce((sum, line) => sum + open(line), 0);
  const pauses = new Map<number, Extract<Told, { is: 'pause' }>>();
  for (const each of told) if (each.is === 'pause' && each.at >= (pauses.get(each.from)?.at ?? 0)) pauses.set(each.from, each);
  const held = (day: number) => [...pauses.values()].some(({ from, until }) => from <= day && day < until);
  const undone = new Set(told.flatMap((each) => (each.is === 'undone' ? each.id : [])));
  const taken = told
    .filter((each): each is Extract<Told, { is: 'money' }> => each.is === 'money' && each.kind === 'CHARGEBACK' && !undone.has(each.id))
    .sort((a, b) => a.on - b.on);
  const eased = newest(told.filter((each) => each.is === 'schedule' && each.eased)) as Extract<Told, { is: 'schedule' }> | undefined;

  return (today) => {
    const nothing = {
      overdueSince: null,
      daysPastDue: 0,
      pausedDays: 0,
      delinquentDays: 0,
      overdueLines: 0,
      overdue: 0,
      outstanding,
      bucket: 'CURRENT',
      class: 1,
    };
    if (!account) return { ...nothing, result: 'AWAITING_SNAPSHOT' };
    if (account.status !== 'ACTIVE') return { ...nothing, result: 'NONE' };
    if (!lines.length) return { ...nothing, result: 'AWAITING_SNAPSHOT' };
    const late = lines.filter((line) => line.due < today && open(line) > 0);
    const since = new Map(late.map((line) => [line, line.due]));
    let extra = 0;
    for (const [k, line] of lines.entries()) {
      let paid = line.cells.reduce((sum, cell) => sum + Math.min(cell.paid, Math.max(0, cell.due - cell.waived - cell.writtenOff)), 0);
      for (const { on, amount } of taken) {
        const within = line.from <= on && (on < line.due || (k === lines.length - 1 && on === line.due));
        if (on >= today || !within) continue;
        for (let unit = 0; unit < amount; unit++) {
          paid--;
          if (paid >= 0 || open(line) === 0) continue;
          since.set(line, Math.min(since.get(line) ?? line.due, on));
          if (!late.includes(line)) extra++;
        }
      }
    }
    const overdueLines = late.reduce((sum, line) => sum + open(line), 0);
    const overdue = overdueLines + extra;
    const watched = rules.watch && eased ? rules.watch[eased.wasBad ? 'bad' : 'performing'] : null;
    const floor = watched && eased!.on <= today && count(eased!.on, today) < watched[0] ? watched[1] : 1;
    const classed = (days: number) => Math.max(rules.classes.filter((least) => days >= least).length, account.judged, floor);
    if (overdue === 0) return { ...nothing, result: 'CURRENT', class: classed(0) };
    if (overdue <= account.tolerance) return { ...nothing, result: 'WITHIN_TOLERANCE', overdueLines, overdue, class: classed(0) };
    const overdueSince = Math.min(...since.values());
    const daysPastDue = count(overdueSince, today);
    const counting = overdueSince + account.grace;
    const delinquentDays = count(counting, today, (day) => !held(day));
    return {
      result: 'PAST_DUE',
      overdueSince,
      daysPastDue,
      pausedDays: count(counting, today, held),
      delinquentDays,
      overdueLines,
      overdue,
      outstanding,
      bucket: rules.buckets.find(([, min, max]) => min <= delinquentDays && delinquentDays <= max)?.[0] ?? 'CURRENT',
      class: classed(daysPastDue),
    };
  };
}
