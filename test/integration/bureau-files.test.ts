// Files to credit bureaus from a real book: made from the log, taken by strict bureaus, made again as they were, refused, resubmitted, corrected.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanonicalFormat } from '../../connectors/core-banking/canonical/format.js';
import { bureauFileFormats } from '../../connectors/index.js';
import { advanceBusinessDate } from '../../src/actions/advance-business-date.js';
import { recordLateFacts } from '../../src/actions/record-loan-facts.js';
import { readAlone } from '../../src/events/read-batch.js';
import type { FileKind } from '../../src/reporting/decide.js';
import { makeFile, remakeFile, type Made } from '../../src/reporting/make-file.js';
import type { Sink } from '../../src/reporting/render.js';
import { NotNow, orderFile, periodOf } from '../../src/reporting/order-file.js';
import { readBureauSettings, type BureauSettings } from '../../src/reporting/settings.js';
import { reconcileFiles } from '../../src/reporting/reconcile.js';
import { takeAnswer, type Taken } from '../../src/reporting/take-answer.js';
import { demoBook, generateBook } from '../../src/sandbox/book/generate.js';
import { ledgerOf, openDesk } from '../../src/sandbox/bureaus/desk.js';
import { feedbackOf } from '../../src/sandbox/bureaus/pboc/feedback.js';
import { answerOf as slikAnswer } from '../../src/sandbox/bureaus/slik/answer.js';
import { keptBytes, partsOf, type BureauFileRow } from '../../src/storage/bureau-files.js';
import { dayOf, rules, toldBy } from '../support/book-oracle.js';
import { oracleOf, type Told } from '../support/delinquency-oracle.js';
import { fillBook, openGraphWorld, type GraphWorld } from '../support/graph-world.js';

const book = { borrowers: 80, loans: 120, months: 8, until: '2026-03-31' };
const months = ['2025-12', '2026-01', '2026-02'];
const all = readBureauSettings('schema/bureaus/example.json', Object.keys(bureauFileFormats));
const settingsOf = (id: string): BureauSettings => all.find((each) => each.id === id)!;
const formatOf = (id: string) => {
  const { format, ofFormat = {} } = settingsOf(id.replace('-again', ''));
  return bureauFileFormats[format]!(ofFormat);
};

let world: GraphWorld;
const folder = mkdtempSync(join(tmpdir(), 'casegraph-files-'));
/** What the source said, in its order; late news is added. */
const events: any[] = [];

beforeAll(async () => {
  world = await openGraphWorld(false);
  await fillBook(world.store, { book });
  for (const day of generateBook({ ...demoBook, ...book })) events.push(...day.events.map(({ event }) => event));
}, 120_000);
afterAll(async () => {
  await world?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const foldersOf = (id: string) => ({
  inbox: join(folder, id, 'in'),
  outbox: join(folder, id, 'out'),
  ledger: join(folder, id, 'ledger.json'),
});

async function make(id: string, kind: FileKind, month: string, settings = settingsOf(id)): Promise<{ file: BureauFileRow; made: Made }> {
  const file = await orderFile(world.store, settings, kind, periodOf(month), 'test');
  return { file, made: await makeFile(world.store, file, formatOf(id), () => {}) };
}

async function deliver(id: string, file: BureauFileRow): Promise<void> {
  const { inbox } = foldersOf(id);
  mkdirSync(inbox, { recursive: true });
  for (const { name, bytes } of await bytesOf(file)) writeFileSync(join(inbox, name), bytes);
}

const answered = new Set<string>();
/** Takes all answers that are new, in the order of their names or the other way round. */
async function answers(id: string, backwards = false): Promise<Taken[]> {
  const { outbox } = foldersOf(id);
  const names = readdirSync(outbox).filter((name) => !answered.has(`${id} ${name}`));
  const taken: Taken[] = [];
  for (const name of backwards ? names.toReversed() : names) {
    answered.add(`${id} ${name}`);
    taken.push(await takeAnswer(world.store, id, formatOf(id), readFileSync(join(outbox, name)), name));
  }
  return taken;
}

const desk = (id: string, silent = false) => openDesk(settingsOf(id).format, foldersOf(id), silent);
const stateOf = async (file: BureauFileRow) =>
  (await world.rows<{ state: string }>('select state from bureau_file where id = $1', file.id))[0]!.state;

/** By the source's own events that are effective at the end of a month, and nothing of the product: account number → standing. */
function byOracle(country: string, until: string) {
  const loans = new Map<string, { accountNo: string; borrower: string; currency: string; told: Told[] }>();
  for (const event of events) {
    if (/Borrower|Collateral/.test(event.type) || event.effectivedate > until) continue;
    const known = loans.get(event.aggregateid) ?? { accountNo: '', borrower: '', currency: '', told: [] };
    const { accountNo, borrowerId: borrower, currency } = event.data;
    if (event.type === 'LoanAccountSnapshotted') Object.assign(known, { accountNo, borrower, currency });
    known.told.push(toldBy(event));
    loans.set(event.aggregateid, known);
  }
  const mine = [...loans.values()].filter(({ accountNo }) => accountNo.startsWith(country));
  const seen = mine.map((each) => ({ ...each, seen: oracleOf(each.told, rules[country]!)(dayOf(until)) }));
  return new Map(
    seen.map(({ accountNo, borrower, currency, seen: is }) => {
      const worst = Math.max(...seen.filter((other) => other.borrower === borrower).map((other) => other.seen.class));
      return [accountNo.replace('-', ''), { ...is, currency, class: country !== 'US' && worst >= 3 ? worst : is.class }];
    }),
  );
}

const whole = (minor: number): number => Math.round(minor / 100);

/** @returns how many accounts were compared. Differences fail the test. */
function compareLedger(id: string, month: string): number {
  const held = ledgerOf(foldersOf(id).ledger);
  const country = settingsOf(id).jurisdictions[0]!;
  const { to } = periodOf(month);
  const oracle = new Map([...byOracle(country, to)].filter(([, { currency }]) => settingsOf(id).currencies?.includes(currency) ?? true));
  const shown = Object.fromEntries(
    Object.entries(held).map(([account, { said: says }]) => [
      account,
      id === 'slik'
        ? { days: says['jumlahHariTunggakan'], class: says['kualitas'] }
        : id === 'pboc'
          ? { late: says['RpyStatus'], class: says['FiveCate'], overdue: says['TotOverd'] }
          : { status: says['Account status'] },
    ]),
  );
  const expected = Object.fromEntries(
    [...oracle].map(([account, is]) => [
      account,
      id === 'slik'
        ? { days: String(is.daysPastDue), class: String(is.class) }
        : id === 'pboc'
          ? {
              late: is.daysPastDue ? String(Math.min(7, Math.ceil(is.daysPastDue / 30))) : expect.stringMatching(/[N*]/),
              class: String(is.class),
              overdue: String(whole(is.daysPastDue ? is.overdue : 0)),
            }
          : { status: ['11', '71', '78', '80', '82', '83', '84'][Math.min(6, Math.floor(is.daysPastDue / 30))] },
    ]),
  );
  expect(shown).toEqual(expected);
  return oracle.size;
}

async function tell(type: string, aggregate: string, effectivedate: string, data: Record<string, unknown>): Promise<void> {
  const number = events.length;
  const event = {
    specversion: '1.0',
    id: `${aggregate}/late/${number}`,
    source: '/core-banking/demo',
    type,
    time: '2026-04-01T03:00:00.000Z',
    tenantid: 'demo',
    aggregateid: aggregate,
    sequence: String(900_000 + number).padStart(12, '0'),
    businessdate: '2026-04-01',
    effectivedate,
    data,
  };
  events.push(event);
  const message = { topic: 't', partition: 0, offset: '0', key: null, value: Buffer.from(JSON.stringify(event)), headers: {} };
  const read = readAlone(message, createCanonicalFormat());
  if ('unreadable' in read) throw new Error(read.unreadable);
  await world.store.transaction((tx) => recordLateFacts(tx, read.facts as never));
}

const nowhere: Sink = { async begin() {}, async write() {}, async end() {} };
const firstOf = new Map<string, { file: BureauFileRow; made: Made }>();

describe.each(['slik', 'pboc', 'metro2'])('%s', (id) => {
  it('tells every loan at each month end as the oracle says, and the bureau takes all of it', async () => {
    let compared = 0;
    for (const [i, month] of months.entries()) {
      const { file, made } = await make(id, 'PERIOD', month);
      firstOf.set(`${id} ${month}`, { file, made });
      expect(file.sequence).toBe(BigInt(i + 1));
      expect(made.heldBack).toBe(0);
      await deliver(id, file);
      await desk(id);
      // Answers come late and out of order; the last one settles the file.
      const taken = await answers(id, i % 2 === 1);
      expect(taken.map(({ is }) => is)).toEqual(taken.map(() => 'taken'));
      expect(await stateOf(file)).toBe('ACCEPTED');
      compared += compareLedger(id, month);
    }
    console.info(`${id}: ${compared} standings compared with the oracle, 0 differences`);
    expect(compared).toBeGreaterThan(20);
  }, 120_000);

  it('is told of a period once', async () => {
    await expect(make(id, 'PERIOD', '2026-02')).rejects.toThrow(NotNow);
    await expect(make(id, 'PERIOD', '2026-04')).rejects.toThrow('2026-04 is not over');
    await expect(make(id, 'CORRECTION', '2025-10')).rejects.toThrow('was not reported yet');
  });

  it('takes the same answer once, and none to a file that was never sent', async () => {
    const { outbox } = foldersOf(id);
    const [name] = readdirSync(outbox);
    const bytes = readFileSync(join(outbox, name!));
    expect((await takeAnswer(world.store, id, formatOf(id), bytes, name!)).is).toBe('known');
    const stray = name!.replace(/202[56]/, '2016');
    const other = Buffer.from(bytes.toString().replaceAll(/202[56]/g, '2016'));
    expect((await takeAnswer(world.store, id, formatOf(id), other, stray)).is).toMatch(/stray|unreadable/);
  });

  it('corrects what a payment that was told late makes otherwise, and nothing else; the old bytes are made again all the same', async () => {
    const country = settingsOf(id).jurisdictions[0]!;
    const month = '2026-02';
    const late = [...byOracle(country, '2026-02-28')].find(
      ([, { daysPastDue, currency, outstanding, overdue }]) =>
        daysPastDue > 35 && outstanding > overdue && (settingsOf(id).currencies?.includes(currency) ?? true),
    )!;
    expect(late).toBeDefined();
    const [accountRef, { overdue, currency }] = late;
    const loan = `demo/core/${accountRef.slice(2)}`;
    const amount = (overdue / 100).toFixed(2);
    await tell('LoanTransactionPosted', loan, '2026-02-20', {
      transactionId: `${accountRef}-LATE`,
      kind: 'REPAYMENT',
      valueDate: '2026-02-20',
      postedDate: '2026-04-01',
      amount,
      currency,
    });

    const { file: before, made: asMade } = firstOf.get(`${id} ${month}`)!;
    const again = await remakeFile(world.store, before, formatOf(id), nowhere, () => {});
    expect(again.parts).toEqual(asMade.parts);

    const { file, made } = await make(id, 'CORRECTION', month);
    expect(made.heldBack).toBe(0);
    const items = await world.rows<{ account_ref: string; action: string; corrects: string }>(
      'select account_ref, action, corrects from bureau_item where file_id = $1',
      file.id,
    );
    expect(items.map((item) => item.account_ref)).toContain(accountRef);
    expect(new Set(items.map(({ action }) => action))).toEqual(new Set(['CORRECT']));
    await deliver(id, file);
    await desk(id);
    await answers(id);
    expect(await stateOf(file)).toBe('ACCEPTED');
    compareLedger(id, month);
    const [old] = await world.rows<{ state: string; account_ref: string }>(
      'select state, account_ref from bureau_item where id = $1',
      items.find((item) => item.account_ref === accountRef)!.corrects,
    );
    expect(old).toEqual({ state: 'CORRECTED', account_ref: accountRef });

    // Nothing more is known: nothing is sent, and no number of the sequence is used up.
    const nothing = await make(id, 'CORRECTION', month);
    expect(nothing.made).toMatchObject({ records: 0, heldBack: 0, parts: [] });
    expect(await stateOf(nothing.file)).toBe('EMPTY');
  }, 60_000);

  it('shows each code of a refusal with its words, and what was mended is taken when it is told again', async () => {
    const { file } = await make(id, 'PERIOD', '2026-03');
    const parts = await bytesOf(file);
    const refused = refusals[id]!(parts);
    const answer = await takeAnswer(world.store, id, formatOf(id), refused.bytes, refused.name);
    expect(answer).toMatchObject({ is: 'taken', state: refused.rest ? 'PARTLY_ACCEPTED' : 'RECEIVED' });
    for (const { bytes, name } of refused.more ?? []) await takeAnswer(world.store, id, formatOf(id), bytes, name);
    expect(await stateOf(file)).toBe('PARTLY_ACCEPTED');

    const shown = await world.ask('bureauReporter', fileQuery, { id: file.id });
    expect(shown.errors).toBeUndefined();
    const items = shown.data.bureauFile.items.nodes as {
      accountRef: string;
      state: string;
      problems: { code: string; words: string; explanation: string | null }[];
    }[];
    const codes = new Set(items.flatMap(({ problems }) => problems.map(({ code }) => code)));
    expect([...codes].sort()).toEqual([...refused.codes].sort());
    for (const { state, problems } of items) {
      expect(state).toBe(problems.length ? 'REJECTED' : 'ACCEPTED');
      for (const { words, explanation } of problems) expect(words || explanation).toMatch(/[a-z]{3}/);
    }

    // The next period is not held up by records that were refused; what was refused is told again, and taken.
    const again = await make(id, 'RESUBMISSION', '2026-03');
    const wrong = items.filter(({ problems }) => problems.length).map(({ accountRef }) => accountRef);
    expect(again.made).toMatchObject({ records: wrong.length, heldBack: 0 });
    await deliver(id, again.file);
    await desk(id);
    await answers(id);
    expect(await stateOf(again.file)).toBe('ACCEPTED');
    const after = await world.ask('bureauReporter', fileQuery, { id: file.id });
    for (const each of after.data.bureauFile.items.nodes)
      expect(each.correctedBy).toEqual(each.problems.length ? { state: 'ACCEPTED', file: { id: again.file.id } } : null);
    await expect(make(id, 'RESUBMISSION', '2026-03')).resolves.toMatchObject({ made: { records: 0 } });
  }, 60_000);
});

const fileQuery = `query ($id: ID!) { bureauFile(id: $id) { state records late dueOn
  items(first: 100) { nodes { accountRef state correctedBy { state file { id } } problems { code field words explanation } } } } }`;

async function bytesOf(file: BureauFileRow): Promise<{ name: string; part: string; bytes: Buffer }[]> {
  return world.store.transaction(async (tx) => {
    const read = [];
    for (const { id, name, part } of await partsOf(tx, file.id)) {
      const chunks: Buffer[] = [];
      for await (const bytes of keptBytes(tx, id)) chunks.push(bytes);
      read.push({ name, part, bytes: Buffer.concat(chunks) });
    }
    return read;
  });
}

type Parts = Awaited<ReturnType<typeof bytesOf>>;
interface Refused {
  name: string;
  bytes: Buffer;
  codes: string[];
  /** The other accounts are answered with it. */
  rest: boolean;
  more?: { name: string; bytes: Buffer }[];
}
const problem = (file: string, line: number, key: string, code: string) => ({
  file,
  line,
  key,
  field: 'field',
  code,
  words: `broken by ${code}`,
});

/** Answers that have every code of the strict readers that is said of a record, spread over the accounts of a file. */
const refusals: Record<string, (parts: Parts) => Refused> = {
  slik(parts) {
    const codes = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'CODE', 'REQUIRED', 'OP', 'COLUMNS'];
    const { name, bytes } = parts.find(({ part }) => part === 'F01')!;
    const accounts = bytes
      .toString()
      .split('\r\n')
      .slice(1, -1)
      .map((row) => row.split('|')[1]!);
    const problems = codes.map((code, i) => problem(name, i + 2, accounts[i]!, code));
    const more = parts
      .filter(({ part }) => part !== 'F01')
      .map((each) => ({ name: `${each.name}.hasil`, bytes: slikAnswer(each.name, []) }));
    return { name: `${name}.hasil`, bytes: slikAnswer(name, problems), codes, rest: true, more };
  },
  pboc(parts) {
    const codes = ['P1', 'P2', 'P3', 'P4', 'ABR002', 'ABR004', 'ABE002', 'CODE', 'TYPE', 'TAG', 'REQUIRED'];
    const { name, bytes } = parts.find(({ part }) => part === '210')!;
    const [header, ...records] = bytes.toString().split('\n');
    const problems = codes.map((code, i) => ({ ...problem(name, i + 2, '', code), text: records[i]! }));
    return { ...feedbackOf(name, header!, problems), codes, rest: true };
  },
  metro2(parts) {
    const codes = [
      ...Array.from({ length: 13 }, (_, i) => `M${i + 1}`),
      'M15',
      'M16',
      'ASCII',
      'CASE',
      'CODE',
      'DATE',
      'NUMERIC',
      'REQUIRED',
      'DUPLICATE',
    ];
    const { name, bytes } = parts[0]!;
    const accounts = bytes
      .toString()
      .split('\n')
      .slice(1, -2)
      .map((row) => row.slice(42, 72).trim());
    const lines = codes.map((code, i) => `RECORD,${name},${accounts[i % 3]},${code},field,broken by ${code},REJECTED`);
    const rest = accounts.slice(3).map((account) => `RECORD,${name},${account},,,,ACCEPTED`);
    return {
      name: `${name}.ack`,
      bytes: Buffer.from(['level,file,key,code,field,message,result', ...lines, ...rest, ''].join('\n')),
      codes,
      rest: true,
    };
  },
};

it('waits for what a refused file is put in the place of, and is late meanwhile', async () => {
  const { file } = await make('pboc', 'PERIOD', '2025-10');
  const [part] = await bytesOf(file);
  const text = part!.bytes.toString();
  const lateOf = async () => (await world.ask('bureauReporter', fileQuery, { id: file.id })).data.bureauFile;
  expect(await lateOf()).toMatchObject({ state: 'MADE', late: true, dueOn: '2025-11-10' });

  // On its way a record is lost: the header's count is wrong, and the bureau takes nothing of it.
  const { inbox, outbox, ledger } = { ...foldersOf('pboc'), inbox: join(folder, 'lost'), outbox: join(folder, 'refused') };
  mkdirSync(inbox);
  writeFileSync(join(inbox, part!.name), text.slice(0, text.lastIndexOf('<Document>')));
  const before = readFileSync(ledger);
  await openDesk('pboc', { inbox, outbox, ledger });
  expect(JSON.parse(readFileSync(ledger, 'utf8')).accounts).toEqual(JSON.parse(before.toString()).accounts);
  const [name] = readdirSync(outbox);
  const refusal = await takeAnswer(world.store, 'pboc', formatOf('pboc'), readFileSync(join(outbox, name!)), name!);
  expect(refusal).toMatchObject({ is: 'taken', state: 'REJECTED' });
  expect((await lateOf()).items.nodes.map((item: { state: string }) => item.state)).toEqual(
    Array(file.records || (await lateOf()).records).fill('REJECTED'),
  );

  await expect(make('pboc', 'PERIOD', '2025-09')).rejects.toThrow('was refused as a whole; resubmit 2025-10 before anything else is sent');
  const again = await make('pboc', 'RESUBMISSION', '2025-10');
  expect(await lateOf()).toMatchObject({ state: 'SUPERSEDED', late: false });
  await deliver('pboc', again.file);
  await desk('pboc');
  await answers('pboc');
  expect(await stateOf(again.file)).toBe('ACCEPTED');
}, 60_000);

it('tells that the number of an account changed where the format can, and holds the account back where it cannot', async () => {
  for (const [id, country] of [
    ['slik', 'ID'],
    ['pboc', 'CN'],
    ['metro2', 'US'],
  ] as const) {
    const accountRef = [...byOracle(country, '2025-09-30').keys()].find((each) => each in ledgerOf(foldersOf(id).ledger))!;
    const loan = `demo/core/${accountRef.slice(2)}`;
    const { installments, ...data } = events.find(
      ({ aggregateid, type }) => aggregateid === loan && type === 'LoanAccountSnapshotted',
    ).data;
    expect(installments.length).toBeGreaterThan(0);
    await tell('LoanAccountSnapshotted', loan, '2025-09-29', { ...data, accountNo: `${data.accountNo}X` });
    const { file, made } = await make(id, 'PERIOD', '2025-09');
    const items = await world.rows<{ action: string; state: string; former_account_ref: string }>(
      'select action, state, former_account_ref from bureau_item where file_id = $1 and account_ref = $2 order by version',
      file.id,
      `${accountRef}X`,
    );
    const told = { action: 'IDENTIFIER', state: 'PENDING', former_account_ref: accountRef };
    expect(items).toEqual(
      {
        slik: [{ ...told, action: 'UPDATE', state: 'HELD_BACK' }],
        pboc: [told, { action: 'UPDATE', state: 'PENDING', former_account_ref: null }],
        metro2: [told],
      }[id],
    );
    expect(made.heldBack).toBe(id === 'slik' ? 1 : 0);
    if (id === 'slik') continue;
    await deliver(id, file);
    await desk(id);
    await answers(id);
    expect(await stateOf(file)).toBe('ACCEPTED');
    const held = Object.keys(ledgerOf(foldersOf(id).ledger));
    expect([held.includes(`${accountRef}X`), held.includes(accountRef)]).toEqual([true, false]);
  }
}, 60_000);

it('keeps the place of a file that stopped on its way, and makes it when what stopped it is mended', async () => {
  // Without their letters the numbers of a currency of accounts are the same: nothing is sent, and nothing else can be.
  const merging = { ...settingsOf('slik'), id: 'slik-again', identifiers: 'letters-and-digits' as const, jurisdictions: ['ID', 'US'] };
  const first = (country: string) => [...byOracle(country, '2025-12-31').keys()].find((each) => !each.endsWith('X'))!;
  const twin = first('ID');
  const other = first('US');
  const { installments, ...data } = events.find(
    ({ aggregateid, type }) => aggregateid === `demo/core/${other.slice(2)}` && type === 'LoanAccountSnapshotted',
  ).data;
  expect(installments.length).toBeGreaterThan(0);
  await tell('LoanAccountSnapshotted', `demo/core/${other.slice(2)}`, '2025-12-01', {
    ...data,
    accountNo: `${twin.slice(0, 2)}.${twin.slice(2)}`,
  });
  await expect(make('slik-again', 'PERIOD', '2025-12', merging)).rejects.toThrow(`Two accounts have the number ${twin} in the file`);
  await expect(make('slik-again', 'PERIOD', '2026-01', merging)).rejects.toThrow(
    'file 1 (PERIOD of 2025-12) was ordered and is not made yet; make it first',
  );
  const { file, made } = await make('slik-again', 'PERIOD', '2025-12', { ...merging, jurisdictions: ['ID'] });
  expect([file.sequence, made.records > 0, await stateOf(file)]).toEqual([1n, true, 'MADE']);
}, 60_000);

it('marks what is disputed, and once more when that is settled', async () => {
  const [flagged] = await world.rows<{ flag_id: string; case_id: string; account_no: string }>(
    `select f.id as flag_id, f.case_id, l.account_no from bureau_flag f join loan l on l.id = f.loan_id
     where l.jurisdiction = 'ID' and f.state in ('RAISED', 'UPDATED', 'CORRECTED') order by l.account_no limit 1`,
  );
  const accountRef = flagged!.account_no.replace('-', '');
  const asked = await world.ask(
    'bureauReporter',
    `mutation ($input: OpenBureauDisputeInput!) { openBureauDispute(input: $input) { dispute { id } userErrors { message } } }`,
    { input: { caseId: flagged!.case_id, flagId: flagged!.flag_id, code: 'AMOUNT', words: 'Paid in part', idempotencyKey: 'dispute-1' } },
  );
  expect(asked).toMatchObject({ data: { openBureauDispute: { userErrors: [] } } });
  const markOf = async (month: string) => {
    const { file, made } = await make('slik', 'PERIOD', month);
    const again = await remakeFile(world.store, file, formatOf('slik'), nowhere, () => {});
    expect(again.parts).toEqual(made.parts);
    const rows = (await bytesOf(file))
      .find(({ part }) => part === 'F01')!
      .bytes.toString()
      .split('\r\n');
    await deliver('slik', file);
    await desk('slik');
    await answers('slik');
    expect(await stateOf(file)).toBe('ACCEPTED');
    const [item] = await world.rows<{ mark: string }>(
      'select mark from bureau_item where file_id = $1 and account_ref = $2',
      file.id,
      accountRef,
    );
    return [item!.mark, rows.filter((row) => row.includes('engketa')).map((row) => row.split('|')[1])];
  };
  await advanceBusinessDate(world.store, 'demo', '2026-05-02');
  expect(await markOf('2026-04')).toEqual(['DISPUTED', [accountRef]]);
  const settled = await world.ask(
    'bureauReporter',
    `mutation ($input: ResolveBureauDisputeInput!) { resolveBureauDispute(input: $input) { userErrors { message } } }`,
    {
      input: {
        disputeId: asked.data.openBureauDispute.dispute.id,
        caseId: flagged!.case_id,
        outcome: 'VERIFIED',
        words: 'It is as it was said',
        idempotencyKey: 'dispute-2',
      },
    },
  );
  expect(settled).toMatchObject({ data: { resolveBureauDispute: { userErrors: [] } } });
  await advanceBusinessDate(world.store, 'demo', '2026-06-02');
  expect(await markOf('2026-05')).toEqual(['DISPUTE_RESOLVED', [accountRef]]);
}, 60_000);

it('counts what was on time, late, refused and corrected', async () => {
  const ask = (bureauId: string, from: string, to: string) =>
    world.ask(
      'bureauReporter',
      `{ bureauKpis(bureauId: "${bureauId}", from: "${from}", to: "${to}") { reports onTime late atRisk rejected corrections } }`,
    );
  const { data } = await ask('metro2', '2026-04-01', '2026-04-01');
  const rows = await world.rows<{ state: string; kind: string; due_on: string; corrects: string | null }>(
    `select i.state, f.kind, f.due_on::text, i.corrects from bureau_item i join bureau_file f on f.id = i.file_id where f.bureau_id = 'metro2' and f.created_on = '2026-04-01'`,
  );
  const taken = rows.filter(({ state }) => state !== 'REJECTED');
  expect(data.bureauKpis).toEqual({
    reports: rows.length,
    onTime: taken.filter((row) => row.due_on >= '2026-04-01').length,
    late: rows.filter((row) => row.due_on < '2026-04-01' || (row.state === 'REJECTED' && row.due_on < '2026-06-02')).length,
    atRisk: 0,
    rejected: rows.length - taken.length,
    corrections: rows.filter(({ corrects }) => corrects).length,
  });
  for (const count of [rows.length - taken.length, data.bureauKpis.onTime, data.bureauKpis.late, data.bureauKpis.corrections])
    expect(count).toBeGreaterThan(0);
  expect((await ask('metro2', '2020-01-01', '2020-12-31')).data.bureauKpis).toMatchObject({ reports: 0, late: 0 });
});

it('finds in the ledger of a bureau exactly what was changed there', async () => {
  const holdings = () => new Map(Object.entries(ledgerOf(foldersOf('slik').ledger)));
  expect((await reconcileFiles(world.store, 'slik', holdings())).differences).toEqual([]);
  const changed = holdings();
  const [lost, older] = changed.keys();
  changed.delete(lost!);
  changed.set(older!, { ...changed.get(older!)!, daysPastDue: 999 });
  changed.set('IDNOBODY', { said: {}, daysPastDue: 5 });
  const { differences } = await reconcileFiles(world.store, 'slik', changed);
  expect(differences.map(({ kind, accountRef }) => [kind, accountRef]).sort()).toEqual(
    [
      ['MISSING_AT_BUREAU', lost],
      ['FIGURES_DIFFER', older],
      ['MISSING_HERE', 'IDNOBODY'],
    ].sort(),
  );
  for (const { mend, theirs, ours } of differences) expect([mend, theirs, ours].every((words) => words.length > 3)).toBe(true);
  for (const id of ['pboc', 'metro2']) {
    const { file } = await make(id, 'PERIOD', '2026-05');
    await deliver(id, file);
    await desk(id);
    await answers(id);
    expect((await reconcileFiles(world.store, id, new Map(Object.entries(ledgerOf(foldersOf(id).ledger))))).differences).toEqual([]);
  }
});

describe('the commands', () => {
  const run = (...command: string[]) =>
    new Promise<{ code: number; out: string; problems: string }>((done) => {
      const env = { ...process.env, DATABASE_URL: world.databaseUrl, BUREAUS_FILE: 'schema/bureaus/example.json' };
      execFile(process.execPath, ['dist/src/main.js', ...command], { env }, (error, out, problems) =>
        done({ code: (error?.code as number | undefined) ?? 0, out, problems }),
      );
    });

  it('make a file, have it taken, and make the very same bytes again as they were known then', async () => {
    const [first, again, bank] = ['first', 'again', 'bank'].map((name) => join(folder, 'commands', name)) as [string, string, string];
    const month = ['--bureau', 'metro2', '--period', '2025-11'];
    const made = await run('bureau-file', ...month, '--out', first);
    expect(made).toMatchObject({ code: 0 });
    const knownAt = /known at (\S+Z)/.exec(made.out)![1]!;

    const desks = ['--inbox', first, '--outbox', bank, '--ledger', join(folder, 'commands', 'ledger.json')];
    expect((await run('bureau-desk', '--format', 'metro2', ...desks)).out).toMatch('1 files taken, 1 answered');
    const answer = await run('bureau-answer', '--bureau', 'metro2', ...readdirSync(bank).map((name) => join(bank, name)));
    expect(answer.out).toMatch(/is ACCEPTED/);

    const [told] = byOracle('US', '2025-11-30').keys();
    await tell('LoanTransactionPosted', `demo/core/${told!.slice(2)}`, '2025-11-10', {
      transactionId: 'OF-LATER-KNOWLEDGE',
      kind: 'REPAYMENT',
      valueDate: '2025-11-10',
      postedDate: '2026-04-01',
      amount: '1.00',
      currency: 'USD',
    });
    const remade = await run('bureau-file', ...month, '--as-known-at', knownAt, '--out', again);
    expect(remade.out).toMatch('The same bytes as were kept when it was made.');
    const [name] = readdirSync(first);
    expect(readdirSync(again)).toEqual([name]);
    expect(readFileSync(join(again, name!)).equals(readFileSync(join(first, name!)))).toBe(true);

    const shown = await run('bureau-file', ...month, '--as-known-at', '2099-01-01T00:00:00Z');
    expect(shown.out).toMatch(/ [1-9]\d* records/);
    expect(shown.out).toMatch('No file was ordered at that instant');
    expect(await world.rows(`select id from bureau_file where bureau_id = 'metro2' and period_to = '2025-11-30'`)).toHaveLength(1);
  }, 60_000);

  it('say what is wrong with how they are asked', async () => {
    const wrong = async (...command: string[]) => {
      const { code, problems } = await run(...command);
      expect(code).toBe(1);
      return problems;
    };
    expect(await wrong('bureau-file', '--bureau', 'nobody', '--period', '2026-02')).toMatch(
      '--bureau: schema/bureaus/example.json has no nobody',
    );
    expect(await wrong('bureau-file', '--bureau', 'slik', '--period', '2026-13')).toMatch('It must be a month YYYY-MM');
    expect(await wrong('bureau-file', '--bureau', 'slik', '--period', '2026-02')).toMatch('slik: 2026-02 was reported in file');
    expect(await wrong('bureau-file', '--bureau', 'slik', '--period', '2026-02', '--resubmit', '--correct')).toMatch('do not go together');
    expect(await wrong('bureau-file', '--bureau', 'slik', '--period', '2026-02', '--as-known-at', 'yesterday')).toMatch(
      'It must be an instant',
    );
  }, 60_000);
});

it('names the place in the settings that is wrong', () => {
  const file = join(folder, 'bureaus.json');
  const read = (change: object) => {
    writeFileSync(file, JSON.stringify([{ ...settingsOf('slik'), ...change }]));
    return () => readBureauSettings(file, ['slik']);
  };
  expect(read({ dueDay: 31 })).toThrow(/BUREAUS_FILE: .*\/0\/dueDay must be <= 28/);
  expect(read({ format: 'morse' })).toThrow('/0/format must be one of slik');
  expect(read({ reporter: { name: 'R' } })).toThrow("/0/reporter must have required property 'code'");
  expect(read({ secret: 'x' })).toThrow('/0 must NOT have additional properties');
  expect(() => readBureauSettings(join(folder, 'nowhere.json'), [])).toThrow('cannot be read');
});
