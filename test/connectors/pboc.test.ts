// PBOC: what is written is read back by the bureau's own tables, each rule refuses a record that breaks it, and feedback finds its records.
import fc from 'fast-check';
import { FileFault, type FileHeader, type FileRecord } from '../../connectors/bureau-file.js';
import { createPbocFormat } from '../../connectors/credit-bureau/pboc/format.js';
import { feedbackOf } from '../../src/sandbox/bureaus/pboc/feedback.js';
import { readPboc, type PbocProblem, type ReadRecord } from '../../src/sandbox/bureaus/pboc/read.js';
import {
  bytesOf,
  dayArb,
  everyDay,
  inChunks,
  inOrder,
  person,
  record,
  standingArb,
  streamed,
  sums,
  whole,
  wordsArb,
  type RecordParts,
} from '../support/asia-records.js';

const format = createPbocFormat();
const institution = '10100000010001';
const header: FileHeader = {
  reporter: { code: institution, name: 'Bank' },
  period: { from: '2024-05-01', to: '2024-05-31' },
  createdAt: { on: '2024-06-01', time: '08:30:00' },
  sequence: 7,
};
const codes = {
  BusiLines: '1',
  BusiDtlLines: '11',
  RepayMode: '11',
  ApplyBusiDist: '110102',
  GuarMode: '1',
  FundSou: '1',
  LoanForm: '1',
  InitRpySts: '1',
  OpetnType: '1',
};
const made = (parts: RecordParts = {}) => record('CNY', codes, parts);
const first = { name: '某银行', code: 'A10000000000', classification: '1' };
const bought: RecordParts['account'] = { originalCreditor: first };
const guarantor = { ...person({ ref: 'G1', idNumber: '110102' }), role: 'GUARANTOR' as const, percent: 33.33 };
const late = { daysPastDue: 45, instalmentsOverdue: 2, overdue: sums('100.50', '9.25', '1.00', '2.00'), qualityClass: 2 };

interface Written {
  name: string;
  part: string;
  bytes: Buffer;
}

async function write(records: readonly FileRecord[], head = header): Promise<Written[]> {
  const written: Written[] = [];
  for (const file of format.files(head, streamed(records))) {
    const bytes = await bytesOf(file);
    expect(file.totals()).toEqual({ records: bytes.toString().split('\n').length - 2 });
    written.push({ name: file.name, part: file.part, bytes });
  }
  return written;
}

async function read(written: readonly Written[], held = new Set<string>()) {
  const problems: PbocProblem[] = [];
  const records: ReadRecord[] = [];
  for (const { name, bytes } of written)
    await readPboc({ name, bytes: inChunks(bytes) }, held, {
      problem: (problem) => problems.push(problem),
      record: (each) => records.push(each),
    });
  return { problems, records };
}

const readBack = async (records: readonly FileRecord[], head = header) => read(await write(records, head));
const plain = (words = '') => words.replace(/\n/g, ' ').trim();
const valuesOf = (record: ReadRecord) => Object.fromEntries(Object.entries(record.segments).map(([name, { values }]) => [name, values]));

const recordArb = fc
  .array(
    fc.record({
      type: fc.constantFrom('D1', 'R1', 'R4', 'C1'),
      name: wordsArb,
      openedOn: dayArb(),
      action: fc.constantFrom('CREATE' as const, 'UPDATE' as const),
      state: fc.constantFrom('ACTIVE' as const, 'ACTIVE' as const, 'IN_COLLECTION' as const, 'SOLD' as const, 'WRITTEN_OFF' as const),
      stateSince: dayArb(),
      standing: standingArb,
      paid: fc.record({ on: dayArb('2024-05-01', '2024-05-31'), amount: fc.constantFrom('0.49', '0.50', '1234567.89') }),
      guarantors: fc.integer({ min: 0, max: 2 }),
      contracts: fc.integer({ min: 0, max: 2 }),
      traded: fc.constantFrom(undefined, '2024-05-02', '2024-05-31'),
    }),
    { maxLength: 8 },
  )
  .map((all) =>
    all.map(({ type, name, openedOn, action, state, stateSince, standing, paid, guarantors, contracts, traded }, i) =>
      made({
        action,
        account: {
          accountRef: `L${i}`,
          openedOn,
          codes: { ...codes, AcctType: type, Mcc: 'M1' },
          originalCreditor: type === 'C1' ? first : undefined,
        },
        borrower: { ref: `B${i}`, name: { full: name } },
        standing: {
          ...standing,
          // What was written off is still owed, all of it.
          ...(state === 'WRITTEN_OFF' ? { overdue: sums('7.00', '0.50') } : {}),
          state,
          stateSince,
          sale: { buyer: name, buyerReports: true, stillManaged: false },
          lastPayment: paid,
          ...(traded ? { specialTrades: [{ kind: 'EXTENDED', on: traded, amount: '10.50', changedMonths: 6 }] } : {}),
        },
        associates: Array.from({ length: guarantors }, (_, n) => ({ ...guarantor, idNumber: `11${n}`, name: { full: name } })),
        collaterals: Array.from({ length: contracts }, (_, n) => ({
          ref: `C${n}`,
          type: 'CAR',
          description: 'Car',
          codes: { Ccc: `CCC${n}` },
        })),
      }),
    ),
  );

/** What the bureau should read of a record, by segment. */
function expectedOf({ account, borrower, standing, action, associates }: FileRecord) {
  const type = account.codes['AcctType']!;
  const c1 = type === 'C1';
  const sold = standing.state === 'SOLD';
  const off = standing.state === 'WRITTEN_OFF';
  const reason = action === 'CREATE' ? '31' : sold ? '20' : c1 ? '40' : '30';
  const days = standing.daysPastDue;
  const total = Object.values(standing.overdue).reduce((sum: bigint, amount: string) => sum + BigInt(amount.replace('.', '')), 0n);
  const bucket = days > 180 ? '7' : days > 150 ? '6' : days > 120 ? '5' : days > 90 ? '4' : days > 60 ? '3' : days > 30 ? '2' : '1';
  const age = (from: number) => (sold ? '0' : whole(standing.overduePrincipalByAge.find(({ fromDays }) => fromDays === from)!.principal));
  const both = {
    AcctStatus: c1 ? (sold ? '2' : '1') : sold ? '3' : off ? '42' : days ? '2' : '1',
    AcctBal: sold ? '0' : whole(standing.outstanding.principal),
    RemRepPrd: '8',
    FiveCate: String(standing.qualityClass),
    FiveCateAdjDate: standing.qualityClassSince,
    RpyStatus: sold ? 'G' : off ? 'B' : days ? bucket : 'N',
    OverdPrd: sold ? '0' : String(standing.instalmentsOverdue),
    TotOverd: sold ? '0' : whole(`${total / 100n}.${String(total % 100n).padStart(2, '0')}`),
    LatRpyDate: standing.lastPayment!.on,
    ...(sold ? { CloseDate: standing.stateSince } : {}),
  };
  const segments: Record<string, object> = {
    AcctBsSgmt: {
      InfRecType: '210',
      AcctType: type,
      AcctCode: institution + account.accountRef,
      RptDate: '2024-05-31',
      RptDateCode: reason,
      Name: plain(borrower.name.full),
      IDType: '10',
      IDNum: borrower.idNumber,
      MngmtOrgCode: institution,
    },
  };
  if (action === 'CREATE') {
    const agreed = {
      BusiLines: '1',
      BusiDtlLines: '11',
      OpenDate: account.openedOn,
      Cy: 'CNY',
      [type === 'R1' ? 'AcctCredLine' : 'LoanAmt']: '10000',
    };
    const loan = {
      Flag: '0',
      DueDate: account.maturesOn,
      RepayMode: '11',
      RepayFreqcy: '03',
      RepayPrd: '12',
      ApplyBusiDist: '110102',
      GuarMode: '1',
      OthRepyGuarWay: '0',
      AssetTrandFlag: '0',
      FundSou: '1',
      LoanForm: '1',
    };
    segments.AcctBsInfSgmt = c1 ? agreed : { ...agreed, ...loan };
    if (associates.length) segments.RltRepymtInfSgmt = { RltRepymtNm: String(associates.length) };
    if (type[0] === 'R') segments.AcctCredSgmt = { Mcc: 'M1' };
    if (c1) segments.OrigCreditorInfSgmt = { InitCredName: '某银行', InitCredOrgNm: 'A10000000000', OrigDbtCate: '1', InitRpySts: '1' };
  }
  if (c1) segments.AcctDbtInfSgmt = { ...both, LatRpyAmt: whole(standing.lastPayment!.amount) };
  else
    segments.AcctMthlyBlgInfSgmt = {
      ...both,
      Month: '2024-05',
      SettDate: '2024-05-31',
      OverdPrinc: sold ? '0' : whole(standing.overdue.principal),
      Oved31_60Princ: age(31),
      Oved61_90Princ: age(61),
      Oved91_180Princ: age(91),
      OvedPrinc180: age(181),
      CurRpyAmt: '500',
      ActRpyAmt: '500',
    };
  return segments;
}

it('is read back without a problem, each element as the record has it', () =>
  fc.assert(
    fc.asyncProperty(recordArb, async (made) => {
      const { problems, records } = await readBack(inOrder(made));
      expect(problems).toEqual([]);
      expect(records).toHaveLength(made.length);
      for (const [i, is] of records.entries()) {
        const { MotgaCltalCtrctInfSgmt: contracts, AcctSpecTrstDspnSgmt: trades, ...values } = valuesOf(is);
        const { standing, associates, collaterals, action } = made[i]!;
        expect(values).toEqual(expectedOf(made[i]!));
        expect(contracts).toEqual(action === 'CREATE' && collaterals.length ? { CcNm: String(collaterals.length) } : undefined);
        const told = [
          ...(standing.specialTrades ?? []).map(({ on }) => ({ ChanTranType: '1', TranDate: on, TranAmt: '11', DueTranMon: '6' })),
          ...(standing.state === 'SOLD'
            ? [
                {
                  ChanTranType: '13',
                  TranDate: standing.stateSince,
                  TranAmt: whole(standing.outstanding.principal),
                  DueTranMon: '0',
                  DetInfo: plain(standing.sale!.buyer),
                },
              ]
            : []),
        ];
        const reason = (values.AcctBsSgmt as { RptDateCode: string }).RptDateCode;
        expect(trades).toEqual(told.length && reason !== '40' ? { CagOfTrdNm: String(told.length) } : undefined);
        if (trades) expect(is.segments.AcctSpecTrstDspnSgmt!.repeated).toEqual(told);
        const answer = is.segments.RltRepymtInfSgmt?.repeated ?? [];
        const responsible = associates.map(({ name, idNumber }) => ({
          InfoIDType: '1',
          ArlpName: plain(name.full),
          ArlpCertType: '10',
          ArlpCertNum: idNumber,
          ArlpType: '2',
          ArlpAmt: '3333',
        }));
        expect(answer).toEqual(action === 'CREATE' ? responsible : []);
      }
    }),
    { numRuns: 150 },
  ));

it('says every day of three years right', async () => {
  for (const day of everyDay) {
    const one = made({
      action: 'CREATE',
      account: { openedOn: day, maturesOn: day },
      standing: {
        ...late,
        state: 'PAID',
        overdue: sums(),
        outstanding: sums(),
        instalmentsOverdue: 0,
        stateSince: day,
        qualityClassSince: day,
        lastPayment: { on: day, amount: '1.00' },
      },
    });
    const month = made({ account: { accountRef: 'L2' }, standing: { qualityClassSince: day, lastPayment: { on: day, amount: '1.00' } } });
    const deleted = made({ account: { accountRef: 'L3' }, action: 'DELETE', rest: { segments: ['H'] } });
    const { problems, records } = await readBack([one, month, deleted], {
      ...header,
      period: { from: day, to: day },
      createdAt: { on: day, time: '23:59' },
    });
    expect(problems).toEqual([]);
    const dates = records.flatMap((record) =>
      Object.values(valuesOf(record)).flatMap((values) => Object.entries(values).filter(([name]) => name.endsWith('Date'))),
    );
    const next = new Date(Date.parse(day) + 86_400_000).toISOString();
    expect(records[1]!.segments.AcctBsSgmt!.values.RptDateCode).toBe(next.slice(8, 10) === '01' ? '30' : '40');
    expect(records[0]!.segments.AcctBsSgmt!.values.RptDateCode).toBe('10');
    expect(new Set(dates.map(([, text]) => text))).toEqual(new Set([day]));
  }
});

it('gives the same bytes twice, in chunks of whole records', async () => {
  const many = Array.from({ length: 1000 }, (_, i) => made({ account: { accountRef: `L${1000 + i}` }, borrower: { ref: `B${1000 + i}` } }));
  const once = await write(many);
  expect(await write(many)).toEqual(once);
  expect(once.map(({ name }) => name)).toEqual(
    ['210', '211', '212', '213', '214', '215'].map((type) => `${institution}20240601${type}00070.txt`),
  );
  for (const { name } of once) expect(name).toHaveLength(34);
  const [head] = once[0]!.bytes.toString().split('\n');
  expect(head).toBe(`A0502102.0.0  ${institution}2024060108300000001000`);
  expect(head).toHaveLength(50);
  expect(once[1]!.bytes.toString()).toBe(`A0502112.0.0  ${institution}2024060108300000000000\n`);
  let chunks = 0;
  for await (const chunk of format.files(header, streamed(many))[0]!.bytes()) {
    chunks++;
    expect(chunk.subarray(-12).toString()).toBe('</Document>\n');
    expect(chunk.length).toBeLessThan(70_000);
  }
  expect(chunks).toBeGreaterThan(5);
  expect(format.files({ ...header, sequence: 999 }, streamed([]))[0]!.name).toContain('2100999');
  expect(format.files({ ...header, sequence: 1000 }, streamed([]))[0]!.name).toContain('2100001');
});

describe('a record of type', () => {
  const one = async (parts: RecordParts, head = header) => {
    const { problems, records } = await readBack([made(parts)], head);
    expect(problems).toEqual([]);
    return records.map((each) => [each.type, ...Object.entries(valuesOf(each)).flatMap(([name, values]) => [name, values])]);
  };
  const middle = { ...header, period: { from: '2024-05-10', to: '2024-05-10' } };

  it.each<[string, string, RecordParts, FileHeader]>([
    [
      '10',
      'BCH',
      {
        action: 'CREATE',
        account: { openedOn: '2024-05-03' },
        standing: { qualityClassSince: '2024-05-03', history: [], dueInPeriod: '0.00' },
      },
      header,
    ],
    ['31', 'BCH', { action: 'CREATE' }, header],
    ['10', 'BCGJ', { action: 'CREATE', account: { ...bought, openedOn: '2024-05-03' } }, header],
    ['31', 'BCGJ', { action: 'CREATE', account: bought }, header],
    ['30', 'BH', {}, header],
    ['20', 'BH', { standing: { state: 'PAID', outstanding: sums() } }, header],
    ['20', 'BJ', { account: bought, standing: { state: 'CANCELLED', outstanding: sums() } }, header],
    ['40', 'BJ', { standing: { ...late, lastPayment: { on: '2024-05-10', amount: '5.00' } } }, middle],
    ['40', 'BJ', { account: bought, standing: { lastPayment: { on: '2024-05-10', amount: '5.00' } } }, header],
  ])('210 with code %s has segments %s', async (reason, letters, parts, head) => {
    const names = { B: 'AcctBsSgmt', C: 'AcctBsInfSgmt', G: 'OrigCreditorInfSgmt', H: 'AcctMthlyBlgInfSgmt', J: 'AcctDbtInfSgmt' };
    const { problems, records } = await readBack([made(parts)], head);
    expect(problems).toEqual([]);
    expect(records[0]!.segments.AcctBsSgmt!.values.RptDateCode).toBe(reason);
    expect(Object.keys(records[0]!.segments)).toEqual([...letters].map((letter) => names[letter as 'B']));
  });

  it('211 tells the number before and after', async () =>
    expect(await one({ action: 'IDENTIFIER', account: { accountRef: 'L2', formerAccountRef: 'L1' } })).toEqual([
      ['211', 'InAcctIDCagsInf', { InfRecType: '211', OdBnesCode: `${institution}L1`, NwBnesCode: `${institution}L2` }],
    ]));

  it('212 corrects each segment that is named, or all that there are', async () => {
    const head = (MdfcSgmtCode: string, AcctType = 'D1') => ({
      InfRecType: '212',
      ModRecCode: `${institution}L1`,
      RptDate: '2024-05-31',
      AcctType,
      MdfcSgmtCode,
    });
    expect(await one({ action: 'CORRECT', rest: { segments: ['H', 'B'] } })).toEqual([
      ['212', 'BsSgmt', head('H'), 'AcctMthlyBlgInfSgmt', expect.objectContaining({ Month: '2024-05' })],
      ['212', 'BsSgmt', head('B'), 'AcctBsSgmt', expect.objectContaining({ Name: 'Sri Wahyuni' })],
    ]);
    const letters = async (parts: RecordParts) =>
      (await one({ action: 'CORRECT', ...parts })).map(([, , values]) => (values as { MdfcSgmtCode: string }).MdfcSgmtCode).join('');
    expect(await letters({})).toBe('CH');
    expect(await letters({ associates: [guarantor], account: { codes: { ...codes, Flag: '1', Mcc: 'M1' } } })).toBe('CDFH');
    expect(await letters({ account: bought })).toBe('CGJ');
    expect(await letters({ rest: { segments: ['J'] } })).toBe('J');
  });

  it('213 deletes the segments that are named, 214 everything', async () => {
    const gone = { InfRecType: '213', DelRecCode: `${institution}L1`, DelStartDate: '2024-05-01', DelEndDate: '2024-05-31' };
    expect(await one({ action: 'DELETE', rest: { segments: ['H', 'K'] } })).toEqual([
      ['213', 'InAcctDel', { ...gone, DelSgmtCode: 'H' }],
      ['213', 'InAcctDel', { ...gone, DelSgmtCode: 'K' }],
    ]);
    for (const action of ['DELETE', 'DELETE_FRAUD'] as const)
      expect(await one({ action })).toEqual([['214', 'InAcctEntDel', { InfRecType: '214', DelRecCode: `${institution}L1` }]]);
  });

  it('215 tells an event', async () => {
    const event = { InfRecType: '215', AcctCode: `${institution}L1`, OpetnType: '1', Month: '2024-05', Flag: '1', RptDate: '2024-05-31' };
    expect(await one({ action: 'NOTE', rest: { note: 'x' } })).toEqual([['215', 'InSpcEvtDscInf', event]]);
    expect(await one({ action: 'NOTE', rest: { mark: 'REMOVE' } })).toEqual([['215', 'InSpcEvtDscInf', { ...event, Flag: '0' }]]);
  });

  it('several of an account come in their own files', async () => {
    const { problems, records } = await readBack([
      made(),
      made({ action: 'NOTE' }),
      made({ action: 'CORRECT', rest: { segments: ['C'] } }),
    ]);
    expect(problems).toEqual([]);
    expect(records.map(({ type }) => type)).toEqual(['210', '212', '215']);
  });
});

it.each<[string, string, Partial<FileRecord['standing']>, string?]>([
  ['3', 'C', { state: 'PAID', outstanding: sums() }],
  ['3', 'Z', { state: 'PAID', outstanding: sums(), specialTrades: [{ kind: 'ASSET_IN_LIEU', on: '2024-05-02', amount: '1.00' }] }],
  ['3', 'G', { state: 'SOLD', overdue: sums('1.00') }],
  ['42', 'B', { state: 'WRITTEN_OFF', overdue: sums('1.00') }],
  ['41', '2', late, '41'],
  ['8', '2', late, '8'],
  ['2', '1', { ...late, daysPastDue: 30 }],
  ['2', '2', { ...late, daysPastDue: 31 }],
  ['2', '6', { ...late, daysPastDue: 180 }],
  ['2', '7', { ...late, daysPastDue: 181 }],
  ['1', '*', { dueInPeriod: '0.00' }],
  ['1', 'N', { dueInPeriod: '0.00', history: [0] }],
])('AcctStatus %s with RpyStatus %s', async (AcctStatus, RpyStatus, standing, code = '') => {
  const { problems, records } = await readBack([made({ standing, account: { codes: { ...codes, AcctStatus: code } } })]);
  expect(problems).toEqual([]);
  expect(records[0]!.segments.AcctMthlyBlgInfSgmt!.values).toMatchObject({ AcctStatus, RpyStatus });
});

it('says every code that a tenant may set', async () => {
  const ofAccount = {
    MngmtOrgCode: '10100000010099',
    Flag: '1',
    RepayFreqcy: '05',
    OthRepyGuarWay: '1',
    AssetTrandFlag: '1',
    LoanConCode: 'PK1',
    FirstHouLoanFlag: '1',
    Mcc: 'M1',
  };
  const company = {
    ...person({ ref: 'G2', kind: 'COMPANY', idKind: 'COMPANY', idNumber: '9111', name: { full: '某公司' } }),
    role: 'GUARANTOR' as const,
    codes: { ArlpCertType: '20', ArlpType: '9', WartySign: '0', MaxGuarMcc: 'G1' },
  };
  const joint = { ...person({ ref: 'J1', idNumber: '110' }), role: 'JOINT' as const, percent: 50 };
  const agent = { ...person({ ref: 'A1', idNumber: '111' }), role: 'AUTHORISED' as const };
  const { problems, records } = await readBack([
    made({
      action: 'CREATE',
      account: { everyMonths: 3, codes: { ...codes, ...ofAccount } },
      borrower: { idKind: 'PASSPORT', idNumber: 'E123', codes: { IDType: '1' } },
      associates: [company, joint, agent],
    }),
  ]);
  expect(problems).toEqual([]);
  const { AcctBsSgmt, AcctBsInfSgmt, AcctCredSgmt, RltRepymtInfSgmt } = records[0]!.segments;
  const { MngmtOrgCode, Mcc, ...terms } = ofAccount;
  expect(AcctBsSgmt!.values).toMatchObject({ MngmtOrgCode, IDType: '1', IDNum: 'E123' });
  expect(AcctBsInfSgmt!.values).toMatchObject(terms);
  expect(AcctCredSgmt!.values).toEqual({ Mcc });
  expect(RltRepymtInfSgmt!.repeated).toEqual([
    { InfoIDType: '2', ArlpName: '某公司', ArlpCertNum: '9111', ArlpAmt: '10000', ...company.codes },
    { InfoIDType: '1', ArlpName: 'Sri Wahyuni', ArlpCertType: '10', ArlpCertNum: '110', ArlpType: '1', ArlpAmt: '5000' },
  ]);
});

it('says each special trade', async () => {
  const kinds = { EXTENDED: 1, ASSET_IN_LIEU: 3, PREPAID: 4, SETTLED_EARLY: 5, JUDICIAL: 8, FORGIVEN: 11, SOLD: 13, WRITTEN_OFF: 15 };
  const specialTrades = Object.keys(kinds).map((kind, i) => ({
    kind: kind as 'SOLD',
    on: '2024-05-02',
    amount: `${i}.50`,
    changedMonths: i,
  }));
  const { problems, records } = await readBack([made({ standing: { specialTrades } })]);
  expect(problems).toEqual([]);
  expect(records[0]!.segments.AcctSpecTrstDspnSgmt!.repeated).toEqual(
    Object.values(kinds).map((kind, i) => ({
      ChanTranType: String(kind),
      TranDate: '2024-05-02',
      TranAmt: String(i + 1),
      DueTranMon: String(i),
    })),
  );
});

it.each<[string, string, RecordParts | RecordParts[]]>([
  ['P1', 'RptDateCode', { account: bought }],
  ['P2', 'AcctBal', { standing: { state: 'PAID' } }],
  ['P2', 'TotOverd', { standing: { state: 'PAID', outstanding: sums(), overdue: sums('0.00', '1.00') } }],
  ['P2', 'OverdPrd', { standing: { state: 'CANCELLED', outstanding: sums(), instalmentsOverdue: 1 } }],
  ['P2', 'CloseDate', { standing: { state: 'PAID', outstanding: sums(), stateSince: '' } }],
  ['P3', 'TotOverd', { standing: { state: 'WRITTEN_OFF', overdue: sums('0.49') } }],
  ['P4', 'FiveCateAdjDate', { standing: { qualityClassSince: '2024-06-01' } }],
  ['P4', 'OpenDate', { action: 'CREATE', account: { openedOn: '2024-06-01' } }],
  ['P4', 'TranDate', { standing: { specialTrades: [{ kind: 'PREPAID', on: '2024-06-01', amount: '1.00' }] } }],
  ['P5', 'AcctCode', [{}, {}]],
  ['P5', 'AcctCode', [{ action: 'DELETE' }, {}, { action: 'DELETE_FRAUD' }]],
  ['P5', 'AcctCode', [{ account: { accountRef: 'L2' } }, {}]],
  ['AGE', 'Oved31_60Princ', { standing: { overduePrincipalByAge: [{ fromDays: 1, toDays: 60, principal: '1.00' }] } }],
  [
    'AGE',
    'OvedPrinc180',
    { standing: { overduePrincipalByAge: [181, 361].map((fromDays, i) => ({ fromDays, toDays: i ? null : 360, principal: '1.00' })) } },
  ],
  ['CODE', 'Cy', { account: { currency: 'USD' } }],
  ['CODE', 'Name', { borrower: { kind: 'COMPANY' } }],
  ['CODE', 'IDType', { borrower: { idKind: 'PASSPORT' } }],
  ['CODE', 'AcctType', { account: { kind: 'REVOLVING' } }],
  ['CODE', 'AcctType', { account: { codes: { ...codes, AcctType: 'R2' } } }],
  ['CODE', 'Mcc', { action: 'CREATE', account: { codes: { ...codes, AcctType: 'R4' } } }],
  ['CODE', 'GuarMode', { action: 'CREATE', account: { codes: { ...codes, GuarMode: '' } } }],
  ['CODE', 'InitRpySts', { action: 'CREATE', account: { ...bought, codes: {} } }],
  ['CODE', 'FiveCate', { standing: { qualityClass: 0 } }],
  ['CODE', 'AcctStatus', { account: { codes: { ...codes, AcctStatus: '3' } } }],
  ['CODE', 'ArlpCertType', { action: 'CREATE', associates: [{ ...guarantor, kind: 'COMPANY', idKind: 'COMPANY' }] }],
  ['CODE', 'NwBnesCode', { action: 'IDENTIFIER', account: { formerAccountRef: 'L1' } }],
  ['TYPE', 'OdBnesCode', { action: 'IDENTIFIER' }],
  ['TYPE', 'AcctCode', { account: { accountRef: 'L-1' } }],
  ['TYPE', 'AcctBal', { standing: { outstanding: sums('-1.00') } }],
  ['TYPE', 'TotOverd', { standing: { overdue: sums('0.00', '1,00') } }],
  ['TYPE', 'FiveCateAdjDate', { standing: { qualityClassSince: '2024-02-30' } }],
  ['REQUIRED', 'Name', { borrower: { name: { full: ' \u0007' } } }],
  ['REQUIRED', 'IDNum', { borrower: { idNumber: undefined } }],
  ['CODE', 'MdfcSgmtCode', { action: 'CORRECT', rest: { segments: ['K'] } }],
  ['CODE', 'segments', { action: 'CORRECT', rest: { segments: ['X'] } }],
  ['CODE', 'DelSgmtCode', { action: 'DELETE', rest: { segments: ['B'] } }],
  ['CODE', 'OpetnType', { action: 'NOTE', account: { codes: {} } }],
])('refuses before the first byte what it cannot say: %s of %s', async (rule, element, parts) => {
  const bytes = format.files(header, streamed([parts].flat().map(made)))[5]!.bytes();
  const fault = await bytes[Symbol.asyncIterator]()
    .next()
    .catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(FileFault);
  expect(fault).toMatchObject({ rule, field: element, key: expect.stringMatching(/^L.*\/1$/) });
});

it.each([
  ['reporter.code', { reporter: { code: '123', name: '' } }],
  ['period.to', { period: { from: '2024-05-01', to: '' } }],
  ['createdAt.time', { createdAt: { on: '2024-05-01', time: '24:00' } }],
  ['sequence', { sequence: 1.5 }],
])('refuses a header whose %s is not right', (field, wrong) =>
  expect(() => format.files({ ...header, ...wrong }, streamed([]))).toThrow(expect.objectContaining({ field })),
);

it('sees that records are not the same each time', async () => {
  let reads = 0;
  const [file] = format.files(header, () => streamed(reads++ ? [] : [made()])());
  await expect(bytesOf(file!)).rejects.toThrow('1 were counted and 0 written');
  expect(() => file!.totals()).toThrow('after the last byte');
});

describe('the reader refuses', () => {
  const paid = made({ account: { accountRef: 'L2' }, standing: { state: 'PAID', outstanding: sums() } });
  const opened = made({ action: 'CREATE', account: { accountRef: 'L3', openedOn: '2024-05-03', ...bought }, associates: [guarantor] });
  const recovered = made({ account: { ...bought, accountRef: 'L4' }, standing: { lastPayment: { on: '2024-05-10', amount: '5.00' } } });
  const good = [
    made({
      standing: {
        ...late,
        specialTrades: [{ kind: 'PREPAID', on: '2024-05-02', amount: '1.00' }],
        lastPayment: { on: '2024-05-20', amount: '5.00' },
      },
    }),
    paid,
    opened,
    recovered,
    made({ account: { accountRef: 'L5' }, action: 'CREATE' }),
  ];
  const mutated = async (change: (text: string) => string | Buffer, part = '210', records = good) => {
    const written = await write(records);
    const file = written.find((each) => each.part === part)!;
    file.bytes = Buffer.from(change(file.bytes.toString()));
    return (await read(written)).problems;
  };
  /** The n-th value of an element changes, or goes. */
  const set =
    (element: string, value: string | null, nth = 0) =>
    (text: string) => {
      let seen = 0;
      return text.replace(new RegExp(`<${element}>[^<]*</${element}>`, 'g'), (all) =>
        seen++ === nth ? (value === null ? '' : `<${element}>${value}</${element}>`) : all,
      );
    };
  const drop = (segment: string) => (text: string) => text.replace(new RegExp(`<${segment}>.*?</${segment}>`), '');
  const add = (segment: string, before: string) => (text: string) => text.replace(before, segment + before);
  const events =
    '<AcctDbtInfSgmt><AcctStatus>1</AcctStatus><AcctBal>1</AcctBal><FiveCate>1</FiveCate><OverdPrd>0</OverdPrd><TotOverd>0</TotOverd></AcctDbtInfSgmt>';

  it.each<[string, string, (text: string) => string | Buffer]>([
    ['P1', 'J', add(events, '<AcctSpecTrstDspnSgmt>')],
    ['P1', 'H', drop('AcctMthlyBlgInfSgmt')],
    ['P1', 'C', drop('AcctBsInfSgmt')],
    ['P1', 'G', drop('OrigCreditorInfSgmt')],
    ['P1', 'J', drop('AcctDbtInfSgmt')],
    ['P1', 'J', set('RptDateCode', '40')],
    ['P1', 'H', set('RptDateCode', '40')],
    ['P1', 'AcctType', (text) => set('RptDateCode', '40')(set('AcctType', 'R3')(text))],
    ['P1', 'AcctType', set('RptDateCode', '30', 3)],
    ['P1', 'AcctBsSgmt', drop('AcctBsSgmt')],
    ['P2', 'AcctBal', set('AcctBal', '1', 1)],
    ['P2', 'OverdPrd', set('OverdPrd', '1', 1)],
    ['P2', 'TotOverd', set('TotOverd', '1', 1)],
    ['P2', 'CloseDate', set('CloseDate', null)],
    ['P2', 'CloseDate', set('CloseDate', '')],
    ['P2', 'AcctStatus', set('AcctStatus', '1', 1)],
    ['P3', 'TotOverd', (text) => set('AcctStatus', '41')(set('TotOverd', '0')(set('OverdPrinc', '0')(text)))],
    ['P3', 'TotOverd', (text) => set('AcctStatus', '42')(set('TotOverd', '0')(set('OverdPrinc', '0')(text)))],
    ['P3', 'OverdPrinc', set('OverdPrinc', '114')],
    ['P4', 'FiveCateAdjDate', set('FiveCateAdjDate', '2024-06-01')],
    ['P4', 'LatRpyDate', set('LatRpyDate', '2024-06-01')],
    ['P4', 'TranDate', set('TranDate', '2024-06-01')],
    ['P4', 'OpenDate', set('OpenDate', '2024-06-01')],
    ['P4', 'CloseDate', set('CloseDate', '2024-06-01')],
    ['P4', 'SettDate', set('RptDate', '2024-05-30')],
    ['ABR002', 'AcctCode', (text) => text.replace(/00005\n(.*\n)/, '00006\n$1$1')],
    ['ABE002', 'InfSurcCode', (text) => text.replace(`2.0.0  ${institution}`, '2.0.0  10100000010002')],
    ['ABE002', 'InfSurcCode', set('AcctCode', '10100000010002L1')],
    ['ABE010', '0000', (text) => text.replace('00005\n', '00004\n')],
    ['ABE010', '0000', (text) => text.slice(0, text.lastIndexOf('<Document>'))],
    ['ABE010', 'CagOfTrdNm', set('CagOfTrdNm', '2')],
    ['ABE010', 'RltRepymtNm', set('RltRepymtNm', '0')],
    ['ABF002', '0000', () => ''],
    ['ABF002', '0000', () => 'garbage'],
    ['ABF002', '0000', (text) => text.slice(0, -30)],
    ['ABF002', '0000', (text) => text.replace('A050210', 'A050211')],
    ['ABF002', '0000', (text) => text.replace('</AcctBsSgmt>', '')],
    ['ABF002', '0000', (text) => text.replace('<Name>', '<Name x="1">')],
    ['ABF002', '0000', (text) => text.replace('Sri', 'Sri & co')],
    ['ABF002', '0000', (text) => text.replace('InAcctInf>', 'InAcct>').replace('/InAcctInf>', '/InAcct>')],
    ['ABF002', '0000', (text) => Buffer.from(text.replace('Sri', 'Sr\xed'), 'latin1')],
    ['TAG', 'Cy', (text) => text.replace('<Cy>CNY</Cy>', '<Cy>CNY</Cy><Cy>CNY</Cy>')],
    ['TAG', 'RptDate', (text) => text.replace(/(<RptDate>.*?<\/RptDate>)(<RptDateCode>.*?<\/RptDateCode>)/, '$2$1')],
    ['TAG', 'Nonsense', (text) => text.replace('<Cy>', '<Nonsense>1</Nonsense><Cy>')],
    ['TAG', 'AcctMthlyBlgInfSgmt', (text) => text.replace(/(<AcctMthlyBlgInfSgmt>.*?<\/AcctMthlyBlgInfSgmt>)/, '$1$1')],
    ['REQUIRED', 'Name', set('Name', '')],
    ['REQUIRED', 'AcctBal', set('AcctBal', null)],
    ['TYPE', 'AcctBal', set('AcctBal', '1.5')],
    ['TYPE', 'AcctBal', set('AcctBal', '-1')],
    ['TYPE', 'RptDate', set('RptDate', '2023-02-29')],
    ['TYPE', 'Month', set('Month', '2024-13')],
    ['CODE', 'FiveCate', set('FiveCate', '6')],
    ['CODE', 'RpyStatus', set('RpyStatus', '8')],
    ['CODE', 'AcctStatus', set('AcctStatus', '51')],
    ['CODE', 'ChanTranType', set('ChanTranType', '6')],
    ['CODE', 'Cy', set('Cy', 'USD')],
    ['CODE', 'RptDateCode', set('RptDateCode', '50')],
  ])('%s: %s', async (code, field, change) => {
    expect(await mutated((text) => text)).toEqual([]);
    expect(await mutated(change)).toContainEqual(expect.objectContaining({ code, field }));
  });

  it.each<[string, string, string, (text: string) => string, RecordParts]>([
    ['211', 'CODE', 'NwBnesCode', (text) => text.replace(/L1</, 'L0<'), { action: 'IDENTIFIER', account: { formerAccountRef: 'L0' } }],
    [
      '212',
      'TAG',
      'MdfcSgmt',
      (text) => text.replace('<MdfcSgmtCode>H', '<MdfcSgmtCode>J'),
      { action: 'CORRECT', rest: { segments: ['H'] } },
    ],
    ['212', 'P2', 'CloseDate', set('AcctStatus', '3'), { action: 'CORRECT', rest: { segments: ['H'] }, standing: { outstanding: sums() } }],
    ['212', 'P3', 'OverdPrinc', set('OverdPrinc', '9'), { action: 'CORRECT', rest: { segments: ['H'] } }],
    ['213', 'TYPE', 'DelEndDate', set('DelEndDate', '2024-04-30'), { action: 'DELETE', rest: { segments: ['H'] } }],
    ['213', 'CODE', 'DelSgmtCode', set('DelSgmtCode', 'B'), { action: 'DELETE', rest: { segments: ['H'] } }],
    ['214', 'ABE002', 'InfSurcCode', set('DelRecCode', '10100000010002L1'), { action: 'DELETE' }],
    ['215', 'CODE', 'Flag', set('Flag', '2'), { action: 'NOTE' }],
  ])('in %s %s: %s', async (part, code, field, change, parts) => {
    expect(await mutated((text) => text, part, [made(parts)])).toEqual([]);
    expect(await mutated(change, part, [made(parts)])).toContainEqual(expect.objectContaining({ code, field }));
  });

  it('what it holds already (ABR004), and a name that is not one', async () => {
    const held = new Set<string>();
    const written = await write(good);
    expect((await read(written, held)).problems).toEqual([]);
    const again = (await read(written, held)).problems;
    expect(again.map(({ code }) => code)).toEqual(good.map(() => 'ABR004'));
    written[0]!.name = '210.txt';
    expect((await read(written)).problems).toContainEqual(expect.objectContaining({ code: 'NAME' }));
  });
});

describe('feedback', () => {
  const records = ['L1', 'L2', 'L3'].map((accountRef, i) => made({ account: { accountRef }, borrower: { ref: `B${i}` } }));
  const answered = async (change: (text: string) => string) => {
    const [file] = await write(records);
    const bytes = Buffer.from(change(file!.bytes.toString()));
    const { problems } = await read([{ ...file!, bytes }]);
    return { file: file!.name, ...feedbackOf(file!.name, bytes.toString().split('\n')[0]!, problems) };
  };
  const told = ({ name, bytes }: { name: string; bytes: Buffer }) => {
    const answer = format.readAcknowledgement(bytes, name);
    if ('problem' in answer) throw new Error(answer.problem);
    return answer.acknowledgement;
  };

  it('finds its records by key, in whatever order its lines come', async () => {
    const { file, name, bytes } = await answered((text) => text.replace(/(L1<.*?<FiveCate>)1/, '$16').replace(/(L3<.*?<Name>)[^<]*/, '$1'));
    expect(name).toBe(`${file.slice(0, 29)}3.txt`);
    const [head, ...lines] = bytes.toString().trimEnd().split('\n');
    expect(head).toHaveLength(72);
    const expected = [
      { key: '210/L1', code: 'CODE', field: 'FiveCate', words: '' },
      { key: '210/L3', code: 'REQUIRED', field: 'Name', words: '' },
    ];
    const once = told({ name, bytes });
    expect(once).toEqual({ file, level: 'RECORD', taken: true, problems: expected });
    const shuffled = told({ name, bytes: Buffer.from([head, ...lines.toReversed(), ''].join('\n')) });
    expect(shuffled.problems).toEqual(expected.toReversed());
    expect(expected.map(({ key }) => records.findIndex((each) => format.acknowledgementKeys!(each).includes(key)))).toEqual([0, 2]);
  });

  it.each<[string, RecordParts]>([
    ['211/L0', { action: 'IDENTIFIER', account: { formerAccountRef: 'L0' } }],
    ['212/L1', { action: 'CORRECT', rest: { segments: ['H'] } }],
    ['213/L1', { action: 'DELETE', rest: { segments: ['H'] } }],
    ['214/L1', { action: 'DELETE' }],
    ['215/L1', { action: 'NOTE' }],
  ])('knows %s', async (key, parts) => {
    const one = made(parts);
    const file = (await write([one])).find(({ part }) => part === key.slice(0, 3))!;
    const { records: read_ } = await read([file]);
    const problem = { file: file.name, line: 2, key, field: 'AcctCode', code: 'ABR004', words: '', text: read_[0]!.text };
    const { problems } = told(feedbackOf(file.name, file.bytes.toString().split('\n')[0]!, [problem]));
    expect(problems).toEqual([{ key, code: 'ABR004', field: 'AcctCode', words: 'the bureau holds the record already' }]);
    expect(format.acknowledgementKeys!(one)).toEqual([key]);
  });

  it('takes all, or refuses the file, or cannot even open it', async () => {
    expect(told(await answered((text) => text))).toEqual({
      file: expect.stringMatching(/0\.txt$/),
      level: 'RECORD',
      taken: true,
      problems: [],
    });
    expect(told(await answered((text) => text.replace('00003\n', '00004\n')))).toMatchObject({
      level: 'FILE',
      taken: false,
      problems: [{ code: 'ABE010' }],
    });
    expect(told(await answered((text) => text.slice(0, -30)))).toMatchObject({
      level: 'TRANSPORT',
      taken: false,
      problems: [{ code: 'ABF002', words: expect.stringContaining('parsed') }],
    });
  });

  it('tells of a record that names no account', async () => {
    const { name, bytes } = await answered((text) => text.replace('<FiveCate>1', '<FiveCate>6'));
    const text = bytes.toString().replace(/<ErrRec>.*<\/ErrRec>/, '<ErrRec>QUJD</ErrRec>');
    expect(told({ name, bytes: Buffer.from(text) }).problems).toEqual([{ code: 'CODE', field: 'FiveCate', words: '' }]);
  });

  it('that cannot be read says so', async () => {
    const { name, bytes } = await answered((text) => text.replace('<FiveCate>1', '<FiveCate>6'));
    const text = bytes.toString();
    const unreadable: [string, string | undefined][] = [
      [text, undefined],
      [text, name.replace('3.txt', '0.txt')],
      [text, name.replace('210', '211')],
      [text, `2${name.slice(1)}`],
      [text, name.replace('3.txt', '1.txt')],
      ['', name],
      [text.trimEnd(), name],
      [text.replace('0000001\n', '0000002\n'), name],
      [text.replace('<FbInf>', '<FbInfo>'), name],
      [text.replace('<FbCode>CODE</FbCode>', ''), name],
      [`${text}x\n`, name],
    ];
    for (const [given, by] of unreadable)
      expect(format.readAcknowledgement(Buffer.from(given), by)).toEqual({ problem: expect.any(String) });
    expect(format.readAcknowledgement(Buffer.from([0xff, 10]), name)).toEqual({ problem: 'The feedback is not UTF-8' });
  });
});
