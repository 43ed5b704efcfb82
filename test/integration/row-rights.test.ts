// Who sees which rows: by both lines of rights, by Postgres alone, and by the statements alone.
import { allNouns, classOf } from '../../src/graphql/reader/nouns.js';
import { profileOf } from '../../src/storage/profiles.js';
import { mayRead, nounsOfCases, openRightsWorld, type Asking, type RightsWorld } from '../support/rights-world.js';

let world: RightsWorld;
beforeAll(async () => {
  world = await openRightsWorld();
}, 180_000);
afterAll(() => world?.stop());

const callers: Asking[] = [
  { role: 'collector', user: 'ana' },
  { role: 'collector', user: 'ben', branches: ['ID-1'] },
  { role: 'collector', user: 'ben', branches: ['ID-1', 'CN-2'], portfolios: ['CONSUMER'] },
  { role: 'supervisor' },
  { role: 'supervisor', branches: ['ID-2'] },
  { role: 'supervisor', portfolios: ['BUSINESS'] },
  { role: 'legal' },
  { role: 'legal', branches: [] },
  { role: 'bureauReporter' },
  { role: 'auditor' },
  { role: 'platform' },
  { role: 'lawFirm', partner: 'harbor-legal' },
  { role: 'lawFirm', partner: 'merdeka-law', branches: ['ID-1'] },
  { role: 'lawFirm', partner: 'lotus-recovery' },
  { role: 'agency', partner: 'lotus-recovery' },
  { role: 'agency', partner: 'harbor-legal' },
];

const titled = ({ role, user, branches, portfolios, partner }: Asking) =>
  [role, user, branches && `branches ${branches.join(' ')}`, portfolios && `portfolios ${portfolios.join(' ')}`, partner]
    .filter(Boolean)
    .join(', ');
const profileFor = ({ role, ...over }: Asking) => profileOf([role], { branches: over.branches, portfolios: over.portfolios });

type Off = () => Promise<() => Promise<void>>;
const offSecurity: Off = async () => {
  const secured = await world.rows<{ relname: string }>('select relname from pg_class where relrowsecurity');
  const turn = async (how: string) =>
    void (await world.rows(secured.map(({ relname }) => `alter table ${relname} ${how} row level security`).join('; ')));
  await turn('disable');
  return () => turn('enable');
};
const offConditions: Off = async () => {
  const profiles = [...new Set(callers.map(profileFor))];
  const before = profiles.map(({ name, rows }) => ({ name, rows }));
  profiles.forEach((each) => Object.assign(each, { name: `${each.name} without conditions`, rows: {} }));
  return async () => profiles.forEach((each, i) => Object.assign(each, before[i]));
};
const lines: [title: string, off: Off][] = [
  ['both lines', async () => async () => {}],
  ['the statements alone, row-level security being off', offSecurity],
  ['Postgres alone, the statements having no condition', offConditions],
];

describe.each(lines)('by %s', (_, off) => {
  let on: () => Promise<void>;
  beforeAll(async () => {
    on = await off();
  });
  afterAll(() => on());

  it.each(callers.map((caller) => [titled(caller), caller] as const))(
    '%s reaches its own rows by id and no other',
    async (_title, caller) => {
      await Promise.all(
        nounsOfCases.map(async (noun) => {
          const rows = world.rowsOf(noun, caller);
          expect([noun, rows.length > 0]).toEqual([noun, true]);
          const asked = [...rows.filter(({ visible }) => visible).slice(0, 8), ...rows.filter(({ visible }) => !visible).slice(0, 12)];
          const query = `{ ${asked.map(({ id }, i) => `a${i}: node(id: "${id}") { id }`).join(' ')} }`;
          const { data, code } = await world.askAs(caller, query);
          if (!mayRead(noun, caller.role)) return expect([noun, code]).toEqual([noun, 'FORBIDDEN']);
          expect([noun, code ?? asked.map((_each, i) => data[`a${i}`] !== null)]).toEqual([noun, asked.map(({ visible }) => visible)]);
        }),
      );
    },
  );

  it.each(callers.map((caller) => [titled(caller), caller] as const))(
    '%s finds its own rows in lists, counts and filters, and no other',
    async (_title, caller) => {
      const visible = (noun: string) =>
        world
          .rowsOf(noun, caller)
          .filter((row) => row.visible)
          .map(({ id }) => id);
      if (caller.role === 'platform') {
        expect((await world.askAs(caller, '{ cases(first: 1) { totalCount } }')).code).toBe('FORBIDDEN');
        return;
      }
      const below = relationsOf('RecoveryCase', caller.role, 2);
      const { data, text } = await world.askAs(
        caller,
        `{ cases(first: 100) { totalCount nodes { id ${below} } } loans(first: 100) { totalCount nodes { id } } }`,
      );
      if (!data) throw new Error(text);
      const cases = visible('RecoveryCase');
      expect(data.cases.nodes.map(({ id }: { id: string }) => id).sort()).toEqual(cases.sort());
      const loans = visible('Loan');
      expect([data.cases.totalCount, data.loans.totalCount]).toEqual([cases.length, loans.length]);
      for (const noun of nounsOfCases) {
        const hidden = world.rowsOf(noun, caller).filter((row) => !row.visible);
        expect([noun, hidden.filter(({ id }) => text.includes(`"${id}"`))]).toEqual([noun, []]);
      }
      const hiddenMatter = world.rowsOf('LegalMatter', caller).find((row) => !row.visible);
      if (hiddenMatter && mayRead('LegalMatter', caller.role)) {
        const [{ court_ref }] = (await world.rows('select court_ref from legal_matter where id = $1', hiddenMatter.id)) as [
          { court_ref: string },
        ];
        const found = await world.askAs(
          caller,
          `{ cases(first: 1, filter: { matters: { some: { courtRef: { eq: "${court_ref}" } } } }) { totalCount } }`,
        );
        expect(found.data.cases.totalCount).toBe(0);
      }
    },
  );

  it('a supervisor of one branch changes nothing in another', async () => {
    const caller: Asking = { role: 'supervisor', branches: ['ID-2'] };
    const hold = async ({ id }: { id: string }) =>
      (
        await world.askAs(
          caller,
          `mutation { placeHold(input: { caseId: "${id}", type: DISPUTE, scopes: [SALE], reason: "x", dryRun: true, idempotencyKey: "${id}" }) { case { id } userErrors { code } } }`,
        )
      ).data.placeHold;
    const cases = world.rowsOf('RecoveryCase', caller);
    expect((await hold(cases.find(({ visible }) => !visible)!)).userErrors).toEqual([{ code: 'NOT_FOUND' }]);
    const mine = cases.filter(({ visible }) => visible);
    expect(await Promise.all(mine.map(hold))).toContainEqual({ case: { id: expect.anything() }, userErrors: [] });
  });
});

it('a lawyer of one branch sells nothing of another, and learns nothing of it', async () => {
  const caller: Asking = { role: 'legal', branches: ['ID-2'] };
  const cases = world.rowsOf('RecoveryCase', caller);
  const hidden = cases.find(({ visible }) => !visible)!;
  const own = cases.find(({ visible }) => visible)!;
  const sale = `saleRef: "S-1", buyerId: "summit-assets", price: { amount: "1.00", currency: "IDR" }, cutOffAt: "2026-04-01T00:00:00Z", idempotencyKey: "sale"`;
  const sell = `mutation { closePortfolioSale(input: { ${sale}, caseIds: ["${own.id}", "${hidden.id}"] }) { case { id } decision { outcome } userErrors { code message } } }`;
  expect((await world.askAs(caller, sell)).data.closePortfolioSale).toEqual({
    case: null,
    decision: null,
    userErrors: [{ code: 'NOT_FOUND', message: `There is no case ${hidden.id}` }],
  });
  expect(await world.rows('select 1 from portfolio_sale')).toEqual([]);
});

it('would find what leaks: with neither line, rows of others are reached', async () => {
  const caller: Asking = { role: 'supervisor', branches: ['ID-2'] };
  const [hidden] = world.rowsOf('Loan', caller).filter((row) => !row.visible);
  const ask = async () => (await world.askAs(caller, `{ node(id: "${hidden!.id}") { id } }`)).data.node;
  const [onSecurity, onConditions] = [await offSecurity(), await offConditions()];
  expect(await ask()).toEqual({ id: hidden!.id });
  await onSecurity();
  expect(await ask()).toBeNull();
  await onConditions();
});

/** All relations that a role may follow, with the ids on their way. */
function relationsOf(noun: string, role: string, depth: number): string {
  if (!depth) return '';
  const of = allNouns().find(({ type }) => type.name === noun)!;
  return [...of.members]
    .flatMap(([key, { declared }]): string[] => {
      if (!['one', 'many', 'list'].includes(declared.is) || !('noun' in declared) || !declared.noun) return [];
      if (!mayRead(declared.noun, role) || (['lawFirm', 'agency'].includes(role) && classOf(of, key) !== 'public')) return [];
      const inner = `{ id ${relationsOf(declared.noun, role, depth - 1)} }`;
      return [declared.is === 'many' ? `${key}(first: 100) { nodes ${inner} }` : `${key} ${inner}`];
    })
    .join(' ');
}
