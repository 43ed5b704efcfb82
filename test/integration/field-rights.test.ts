// Who sees which fields, in clear or masked, and that it is on record.
import { allNouns } from '../../src/graphql/reader/nouns.js';
import { mayRead, nounsOfCases, openRightsWorld, type Asking, type RightsWorld } from '../support/rights-world.js';

let world: RightsWorld;
beforeAll(async () => {
  world = await openRightsWorld();
}, 180_000);
afterAll(() => world?.stop());

// What is personal, and who sees it in clear for which purpose.
const masked: Record<string, string> = {
  'Borrower.name': 'name',
  'Borrower.nationalId': 'nationalId',
  'Borrower.address': 'contact',
  'ContactPoint.value': 'contact',
  'Guarantor.name': 'name',
  'Guarantor.phone': 'contact',
  'Loan.accountNo': 'accountNo',
  'Communication.text': 'contact',
  'Tradeline.lender': 'name',
  'Tradeline.accountRef': 'accountNo',
  'Interaction.note': 'note',
  'Hold.reason': 'note',
  'LawFirmInvoiceLine.description': 'note',
  'BureauDispute.words': 'name',
  'BureauDispute.answer': 'name',
  'ProceedsShare.holder': 'name',
};
const ofRole: Record<string, string[]> = {
  collector: ['name', 'note'],
  supervisor: ['name', 'contact', 'note'],
  legal: ['name', 'nationalId', 'contact', 'accountNo', 'note'],
  bureauReporter: ['name', 'nationalId', 'accountNo'],
  auditor: ['name', 'note'],
  lawFirm: ['name', 'nationalId', 'contact', 'accountNo'],
  agency: ['name', 'contact'],
};
const ofPurpose: Record<string, string[]> = {
  none: [],
  collection: ['name', 'contact', 'note'],
  litigation: ['name', 'nationalId', 'contact', 'accountNo', 'note'],
  'bureau-reporting': ['name', 'nationalId', 'accountNo'],
  audit: ['name', 'note'],
};
/** All that a partner's user reads of the nouns that are open to them; of the bank's everything that is not said here. */
const ofPartners: Record<string, string> = {
  RecoveryCase:
    'ref status stage jurisdiction openedOn overdueSince daysPastDue borrower loans exposures arrears promises matters placements heldScopes partnerMoney partnerPayments',
  Borrower: 'borrowerNo name nationalId address jurisdiction language timeZone contactPoints loans collaterals masked',
  ContactPoint: 'ordinal channel value preferred consent masked',
  Guarantor: 'name phone masked',
  Collateral: 'collateralRef kind description value valuedOn loan',
  Loan: `accountNo status currency principal disbursedOn result overdueSince daysPastDue overdue overduePrincipal overdueInterest overdueFee overduePenalty outstanding
    outstandingPrincipal nextDueOn businessDate jurisdiction borrower instalments repayments guarantors collaterals masked`,
  Instalment: 'number dueOn principalDue interestDue feeDue penaltyDue due outstanding daysPastDue delinquentDays',
  Repayment: 'transactionRef kind valueOn postedOn amount reversedOn recordedAt',
  CaseExposure: 'currency loans overdue outstanding',
  CaseLoan: 'episode enteredOn curedOn loan',
  PromiseToPay: 'amount paid dueOn madeOn state',
  LegalMatter: `lawFirmId state preservation instructedOn acknowledgeBy acknowledgedLate partnerRef courtRef nextHearingAt closedOn steps evidence demandLevel demandProvedOn letterSentOn court docket procedure claimed remaining
    filedOn servedOn judgedOn judgmentResult awarded finalOn settled settlementConfirmedOn enforcementAppliedOn enforcementRef manifestSha256 custody preservationOrders instructions payments`,
  MatterStep: 'step partnerSequence occurredAt recordedAt applied',
  EvidenceItem: 'ordinal name mediaType kind sha256 bytes frozenAt',
  PreservationOrder: 'orderRef state asset appliedOn grantedOn servedOn renewedOn expiresOn endedOn',
  MatterInstruction: 'kind note amount instructedOn',
  MatterPayment: 'transactionRef kind amount claim valueOn toldOn dueOn acknowledgedOn',
  EvidenceCustody: 'event custodian at sha256',
  RemittanceLine:
    'partnerId ordinal paymentIdentifier type via paidOn reverses amount principal interest fee penalty commission commissionRate settledOn remittance',
  PartnerMoney: 'partnerId currency trust settled direct commission',
  AgencyPlacement: `agencyId state placedOn expiresOn commissionRate commissionRule remittance policyVersion partnerRef acknowledgeBy acknowledgedOn statusDueOn statuses statusesLate
    recallRequestedOn recallReason recallDueOn objectedOn objectionReason objectionAnswer closeCode closedOn loans statusLog`,
  PlacedLoan: 'accountNo itemisedOn since placed principal interest fees payments credits',
  PlacementStatus: 'sequence occurredAt receivedOn calls messages letters visits complaints contactOutcome promisedOn late flag',
};
const everybody: Asking[] = [
  { role: 'collector', user: 'ana' },
  { role: 'supervisor' },
  { role: 'legal' },
  { role: 'bureauReporter' },
  { role: 'auditor' },
  { role: 'platform' },
  { role: 'lawFirm', partner: 'harbor-legal' },
  { role: 'agency', partner: 'lotus-recovery' },
];
const nouns = () => allNouns().filter(({ type }) => nounsOfCases.includes(type.name));

it.each(everybody.map((caller) => [caller.role, caller] as const))(
  '%s reads the fields that were promised, each alone',
  async (role, caller) => {
    for (const { type, members, table } of nouns()) {
      const noun = type.name;
      const { id } = world.rowsOf(noun, caller).find(({ visible }) => visible) ?? world.rowsOf(noun, caller)[0]!;
      for (const key of members.keys()) {
        const field = `${noun}.${key}`;
        const asPartner = role === 'lawFirm' || role === 'agency';
        const open =
          mayRead(noun, role) && (!asPartner || ofPartners[noun]!.split(/\s+/).includes(key)) && mayRead(targetOf(noun, key), role);
        const { code, text, data } = await world.askAs(
          { ...caller, purpose: 'litigation' },
          `{ node(id: "${id}") { ... on ${noun} { x: ${selected(noun, key)} } } }`,
        );
        expect([field, code ?? 'read']).toEqual([field, open ? 'read' : 'FORBIDDEN']);
        const kind = masked[field];
        if (!kind || !open) continue;
        const [row] = await world.rows(`select * from ${table.name} where id = $1`, id);
        const clear = row[key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
        if (ofRole[role]!.includes(kind)) expect([field, data.node.x]).toEqual([field, clear]);
        else if (clear !== null) expect([field, text.includes(JSON.stringify(clear).slice(1, -1))]).toEqual([field, false]);
      }
    }
  },
);

it('masked fields say why: for each role and purpose', async () => {
  for (const caller of everybody.filter(({ role }) => role !== 'platform'))
    for (const purpose of Object.keys(ofPurpose)) {
      const said = await world.askAs(
        { ...caller, purpose: purpose === 'none' ? null : purpose },
        '{ cases(first: 1) { nodes { borrower { name nationalId address masked { field maskedReason } } } } }',
      );
      const { borrower } = said.data.cases.nodes[0];
      const expected = ['name', 'nationalId', 'address'].flatMap((field) => {
        const kind = masked[`Borrower.${field}`]!;
        if (!ofRole[caller.role]!.includes(kind)) return [{ field, maskedReason: 'ROLE' }];
        if (purpose === 'none') return [{ field, maskedReason: 'PURPOSE_MISSING' }];
        return ofPurpose[purpose]!.includes(kind) ? [] : [{ field, maskedReason: 'PURPOSE' }];
      });
      expect([caller.role, purpose, borrower.masked]).toEqual([caller.role, purpose, expected]);
      for (const field of ['name', 'nationalId', 'address'])
        expect([caller.role, purpose, field, borrower[field].includes('***')]).toEqual([
          caller.role,
          purpose,
          field,
          expected.some((each) => each.field === field),
        ]);
    }
});

it('fields in clear are on record with who, for what, which, and whose, before the answer comes', async () => {
  const caller = { role: 'legal', user: 'lea' };
  const { id } = world.rowsOf('RecoveryCase', caller)[0]!;
  const query = `{ case(id: "${id}") { borrower { name nationalId } loans(first: 1) { nodes { accountNo } } } }`;
  await Promise.all(Array.from({ length: 20 }, () => world.askAs({ ...caller, purpose: 'litigation' }, query)));
  await world.askAs({ ...caller, purpose: 'audit' }, query);
  await world.askAs(caller, query);
  const entries = await world.rows(`select actor, roles, purpose, subject, detail from audit_entry where actor = 'lea' order by number`);
  const entry = (purpose: string, fields: string[]) => ({ actor: 'lea', roles: ['legal'], purpose, subject: id, detail: { fields } });
  expect(entries).toEqual([
    ...Array.from({ length: 20 }, () => entry('litigation', ['Borrower.name', 'Borrower.nationalId', 'Loan.accountNo'])),
    entry('audit', ['Borrower.name']),
  ]);
});

/** The noun that a field leads to, or its own. */
function targetOf(noun: string, key: string): string {
  const { declared } = allNouns()
    .find(({ type }) => type.name === noun)!
    .members.get(key)!;
  return 'noun' in declared && declared.noun ? declared.noun : noun;
}

function selected(noun: string, key: string): string {
  const { declared, type } = allNouns()
    .find((each) => each.type.name === noun)!
    .members.get(key)!;
  if (declared.is === 'many') return `${key}(first: 1) { nodes { id } }`;
  if (declared.is === 'several') return `${key} { __typename }`;
  if (declared.is === 'one' || declared.is === 'list') return `${key} { id }`;
  const of = [type()].flat()[0] as { name?: string };
  return /^(Money|CaseAction|LoanDrivers|LoanClassification|MaskedField|LegalStep|DefaultCounter|Acknowledgement)$/.test(of.name ?? '')
    ? `${key} { __typename }`
    : key;
}
