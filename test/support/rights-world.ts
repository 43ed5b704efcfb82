// A book with something of everything: dealings with several partners on its cases, a case for each collector, and whose each row is, told without the code under test.
import { openGraphWorld, type GraphSettings, type GraphWorld, type Scope } from './graph-world.js';

export interface Asking extends Scope {
  role: string;
  user?: string;
  purpose?: string | null;
}
export interface RightsWorld extends GraphWorld {
  askAs(caller: Asking, query: string): Promise<{ text: string; data: any; code?: string }>;
  /** The ids of a noun's rows, seen and not, that the caller should see. */
  rowsOf(noun: string, caller: Asking): { id: string; visible: boolean }[];
}

/** On each case, by the remainder of its number: one firm, the other, a firm that is through with it beside one that is not, an agency, an agency that gave it back. */
const dealings = `
  with c as (select id, (row_number() over (order by id))::int as n from recovery_case)
  , assigned as (update recovery_case r set assignee = case c.n % 3 when 0 then 'ana' when 1 then 'ben' end from c where c.id = r.id)
  , matters as (
    insert into legal_matter (id, case_id, law_firm_id, handoff_id, state, preservation, instructed_on, court_ref, partner_sequence, version)
    select 'matter_' || md5(c.id || f.firm), c.id, f.firm, 'handoff_none', f.state, 'NONE', '2026-01-05', 'court of ' || c.id || f.firm, 1, 1
    from c join (values (0, 'harbor-legal', 'FILED'), (1, 'merdeka-law', 'FILED'), (2, 'harbor-legal', 'CLOSED'), (2, 'merdeka-law', 'INSTRUCTED')) f(part, firm, state) on c.n % 6 = f.part
    returning id)
  , steps as (insert into matter_step (id, matter_id, step, partner_sequence, occurred_at, recorded_at, applied, data) select 'step_' || md5(id), id, 'FILED', 1, now(), now(), true, '{}' from matters)
  , evidence as (insert into evidence_item (id, matter_id, ordinal, name, media_type, sha256, bytes, content, frozen_at)
      select 'evidence_' || md5(id), id, 1, 'statement', 'text/plain', 'ab', 1, 'x', now() from matters)
  , orders as (insert into preservation_order (id, matter_id, order_ref, state) select 'preservation_' || md5(id), id, 'order of ' || id, 'GRANTED' from matters)
  , instructions as (insert into matter_instruction (id, matter_id, handoff_id, kind, note, instructed_on, instructed_by)
      select 'instruction_' || md5(id), id, 'handoff_none', 'FILING', 'word of ' || id, '2026-02-01', 'ana' from matters)
  , payments as (insert into matter_payment (id, matter_id, handoff_id, transaction_ref, kind, currency, amount_minor, claim_minor, value_on, told_on, due_on)
      select 'mpayment_' || md5(id), id, 'handoff_none', 'T-1', 'PAYMENT', 'IDR', 1, 2, '2026-02-01', '2026-02-01', '2026-02-03' from matters)
  , custody as (insert into evidence_custody (id, matter_id, event, custodian, at, sha256) select 'custody_' || md5(id), id, 'FROZEN', 'ana', now(), 'ab' from matters)
  , clocks as (insert into statutory_clock (id, tenant, case_id, kind, about, state, based_on, started_on, expires_on, alarms, attend_on, policy_version, citation, verified)
      select 'clock_' || md5(id), 'demo', id, 'LIMITATION', '', 'RUNNING', '2026-01-01', '2026-01-01', '2029-01-01', '{}', '2028-07-05', 'v1', 'law', false from c returning id)
  , interruptions as (insert into clock_interruption (id, clock_id, cause, interrupted_on, evidence, void) select 'interruption_' || md5(id), id, 'DEMAND', '2026-01-02', 'letter', false from clocks)
  , hardships as (insert into hardship_assessment (id, case_id, ordinal, cause, words, assessed_on, assessed_by) select 'hardship_' || md5(id), id, 1, 'REFUSAL', 'will not, says ' || id, '2026-02-01', 'ana' from c)
  , placements as (
    insert into agency_placement (id, case_id, agency_id, handoff_id, state, placed_on, expires_on, commission_rate, policy_version, partner_sequence, version)
    select 'placement_' || md5(c.id || a.agency), c.id, a.agency, 'handoff_none', a.state, '2026-01-05', '2026-07-05', 0.15, 'v1', 1, 1
    from c join (values (3, 'lotus-recovery', 'WORKING'), (4, 'lotus-recovery', 'RECALLED'), (4, 'jade-recovery', 'OFFERED'), (5, 'lotus-recovery', 'EXPIRED')) a(part, agency, state) on c.n % 6 = a.part
    returning id, case_id)
  , placed as (insert into placed_loan (id, placement_id, case_id, loan_id, account_no, itemised_on, since, currency, placed_minor, principal_minor, interest_minor, fees_minor, payments_minor, credits_minor)
      select 'placedloan_' || md5(id), id, case_id, 'loan_none', 'placed account of ' || id, '2026-01-05', '2026-01-01', 'IDR', 9, 7, 1, 1, 0, 0 from placements)
  , statuses as (insert into placement_status (id, placement_id, case_id, sequence, occurred_at, received_on, calls, messages, letters, visits, complaints, note, late)
      select 'pstatus_' || md5(id), id, case_id, 1, now(), '2026-02-01', 1, 0, 0, 0, 0, 'said of ' || id, false from placements)
  , disposals as (insert into disposal (id, collateral_id, case_id, state, currency, begun_on, round, policy_version, version)
      select 'disposal_' || md5(r.id), k.id, r.id, 'SOLD', 'IDR', '2026-03-01', 1, 'v1', 1
      from recovery_case r join lateral (select id from collateral where borrower_id = r.borrower_id order by id limit 1) k on true returning id, case_id)
  , rounds as (insert into auction_round (id, disposal_id, case_id, number, currency, reserve_minor, opens_on, closes_on, policy_version)
      select 'round_' || md5(id), id, case_id, 1, 'IDR', 9, '2026-03-01', '2026-03-02', 'v1' from disposals)
  , shares as (insert into proceeds_share (id, disposal_id, case_id, ordinal, kind, rank, holder, ours, currency, owed_minor, paid_minor)
      select 'share_' || md5(id), id, case_id, 0, 'LIEN', 1, 'Holder of ' || id, false, 'IDR', 9, 9 from disposals)
  , invoices as (
    insert into law_invoice (id, case_id, matter_id, law_firm_id, file_name, file_sha256, content_sha256, state, result, findings, grave, problems, submitted_on, policy_version)
      select 'invoice_' || md5(id), id, 'matter_none', 'harbor-legal', 'a.txt', 'ab', 'ab', 'CHECKED', 'OK', '{}', 0, '[]', '2026-04-01', 'v1' from c)
  , invoice_lines as (
    insert into law_invoice_line (id, invoice_id, ordinal, line, number, type, done_on, description, content_sha256, currency, total_minor, result, findings)
      select 'invoiceline_' || md5(id), 'invoice_' || md5(id), 0, 3, '1', 'F', '2026-04-01', 'Drafts the claim of ' || id, 'ab', 'IDR', 1, 'OK', '{}' from c)
  , collected as (
    insert into remittance_line (id, remittance_id, case_id, partner_id, work_id, ordinal, payment_identifier, type, via, paid_on, content_sha256, currency, amount_minor, principal_minor, interest_minor,
        fee_minor, penalty_minor, commission_minor, commission_rate)
      select 'remline_' || md5(c.id || p.partner), 'remittance_none', c.id, p.partner, 'none', 1, c.id, 'PA', 'PARTNER', '2026-04-01', 'ab', 'IDR', 1, 1, 0, 0, 0, 0, 0.1
      from c cross join (values ('lotus-recovery'), ('harbor-legal')) p(partner))
  , monies as (
    insert into partner_money (id, case_id, partner_id, currency, trust_minor, settled_minor, direct_minor, commission_minor)
      select 'partnermoney_' || md5(c.id || p.partner), c.id, p.partner, 'IDR', 1, 0, 0, 0 from c cross join (values ('lotus-recovery'), ('harbor-legal')) p(partner))
  , talks as (insert into interaction (id, case_id, channel, direction, outcome, note, at, actor) select 'interaction_' || md5(id), id, 'PHONE', 'OUTBOUND', 'CONNECTED', 'is ill, says ' || id, now(), 'ana' from c)
  , promises as (insert into promise_to_pay (id, case_id, currency, amount_minor, due_on, made_on, state, paid_minor, actor) select 'promise_' || md5(id), id, 'IDR', 100, '2026-05-01', '2026-04-01', 'OPEN', 0, 'ana' from c)
  , holds as (insert into hold (id, case_id, type, scopes, reason, placed_by, placed_at) select 'hold_' || md5(id), id, 'DISPUTE', '{LEGAL}', 'disputes ' || id, 'ana', now() from c)
  , disputes as (insert into bureau_dispute (id, tenant, case_id, loan_id, flag_id, bureau_id, dispute_ref, sent_by_bureau, code, words, state, opened_on, due_on, actor, hold_id)
      select 'dispute_' || md5(id), 'demo', id, 'none', 'none', 'nusa-bureau', 'D-' || id, true, 'AMOUNT', 'says that ' || id, 'OPEN', '2026-04-01', '2026-04-15', 'ana', 'hold_' || md5(id) from c)
  , decisions as (insert into decision (id, case_id, sequence, rule_id, policy_version, outcome, reasons, inputs, decided_on) select 'decision_' || md5(id), id, 1, 'r', 'v1', 'YES', '{}', '{}', '2026-04-01' from c)
  , guarantors as (insert into guarantor (id, loan_id, borrower_id, name, phone) select 'guarantor_' || md5(id), id, borrower_id, 'Guarantor of ' || id, '+62-811-' || id from loan)
  , handoffs as (insert into handoff (id, delivery_key, case_id, connector_id, operation, state, payload, payload_sha256, lane, lane_sequence, attempts, next_attempt_at, fence, created_at)
      select 'handoff_' || md5(id), 'test/' || id, id, 'harbor-legal', 'openMatter', 'ACCEPTED', '{}', 'ab', id, 1, 1, now(), 0, now() from c)
  , sold as (
    insert into sale_loan (id, sale_id, sale_ref, loan_id, case_id, ordinal, tape_ref, state, ownership, currency, principal_minor, interest_minor, other_minor, legal_balance_minor, days_past_due,
      rule_ids, reasons, added_on)
    select distinct on (l.id) 'saleloan_' || md5(l.id), 'sale_none', 'S-1', l.id, r.id, 1, 'T-1', 'TRANSFERRED', 'TRANSFERRED', 'IDR', 1, 1, 1, 3, 40, '{}', '{}', '2026-04-01'::date
    from loan l join recovery_case r on r.borrower_id = l.borrower_id returning id, loan_id, case_id)
  , passed as (insert into passed_on_payment (id, sale_id, sale_loan_id, loan_id, case_id, buyer_id, transaction_ref, number, kind, currency, amount_minor, value_on, told_at, owed_on, handoff_id, state)
      select 'passedon_' || md5(id), 'sale_none', id, loan_id, case_id, 'summit-assets', 'P-1', 1, 'PAYMENT', 'IDR', 5, '2026-04-02', now(), '2026-04-02', 'handoff_none', 'OWED' from sold)
  , given_back as (insert into put_back (id, sale_id, sale_loan_id, loan_id, case_id, put_back_ref, reason, words, requested_on, in_time, due_on, state, currency)
      select 'putback_' || md5(id), 'sale_none', id, loan_id, case_id, 'SPB-1', 'FRAUD', 'So it is', '2026-04-02', true, '2026-04-16', 'REQUESTED', 'IDR' from sold)
  , inquiries as (
    insert into bureau_inquiry (id, case_id, borrower_id, bureau_id, handoff_id, state, purpose, legal_basis, currency, cost_minor, requested_on, requested_by, cache_days, policy_version)
    select 'inquiry_' || md5(id), id, 'borrower_none', 'nusa-bureau', 'handoff_none', 'COMPLETED', 'COLLECTION', 'CONTRACT', 'IDR', 1, '2026-04-01', 'lea', 30, 'v1' from c)
  , tradelines as (
    insert into tradeline (id, inquiry_id, case_id, ordinal, lender, account_ref, ours, kind, opened_on, currency, outstanding_minor, overdue_minor, days_past_due, quality_class, reported_on)
    select 'tradeline_' || md5(id), 'inquiry_' || md5(id), id, 0, 'Lender of ' || id, 'account at lender of ' || id, false, 'CARD', '2025-01-01', 'IDR', 9, 1, 1, 2, '2026-03-31' from c)
  insert into communication (id, case_id, loan_id, handoff_id, type, template_id, channel, language, text, currency, overdue_minor, days_past_due, pay_by, decided_on, state, partner_sequence)
    select 'message_' || md5(id), id, 'loan_none', 'handoff_none', 'REMINDER', 't', 'SMS', 'id', 'Dear debtor of ' || id, 'IDR', 1, 1, '2026-05-01', '2026-04-01', 'SENT', 1 from c`;

const ofDisposal = '(select k.borrower_id from disposal d join collateral k on k.id = d.collateral_id where d.id = t.disposal_id)';
/** By noun: its rows with the borrower, and the case where it is of one. */
const tables: Record<string, [table: string, ...join: string[]]> = {
  RecoveryCase: ['recovery_case', 't.borrower_id', 't.id'],
  Borrower: ['borrower', 't.id'],
  ContactPoint: ['contact_point', 't.borrower_id'],
  Collateral: ['collateral', 't.borrower_id'],
  Disposal: ['disposal', '(select k.borrower_id from collateral k where k.id = t.collateral_id)'],
  AuctionRound: ['auction_round', ofDisposal],
  ProceedsShare: ['proceeds_share', ofDisposal],
  Valuation: ['valuation', '(select k.borrower_id from collateral k where k.id = t.collateral_id)'],
  Loan: ['loan', 't.borrower_id'],
  ...Object.fromEntries(
    [
      ['Instalment', 'instalment'],
      ['Repayment', 'repayment'],
      ['Guarantor', 'guarantor'],
      ['SaleLoan', 'sale_loan'],
      ['PassedOnPayment', 'passed_on_payment'],
      ['PutBack', 'put_back'],
    ].map(([noun, table]) => [noun, [table, '(select l.borrower_id from loan l where l.id = t.loan_id)']]),
  ),
  ...Object.fromEntries(
    [
      ['CaseExposure', 'case_exposure'],
      ['CaseLoan', 'case_loan'],
      ['ThresholdCrossing', 'threshold_crossing'],
      ['TimelineEntry', 'timeline_entry'],
      ['Interaction', 'interaction'],
      ['PromiseToPay', 'promise_to_pay'],
      ['Hold', 'hold'],
      ['Decision', 'decision'],
      ['Communication', 'communication'],
      ['Handoff', 'handoff'],
      ['BureauFlag', 'bureau_flag'],
      ['BureauInquiry', 'bureau_inquiry'],
      ['Tradeline', 'tradeline'],
      ['BureauReport', 'bureau_report'],
      ['BureauDispute', 'bureau_dispute'],
      ['LegalMatter', 'legal_matter'],
      ['AgencyPlacement', 'agency_placement'],
      ['StatutoryClock', 'statutory_clock'],
      ['HardshipAssessment', 'hardship_assessment'],
      ['PlacedLoan', 'placed_loan'],
      ['PlacementStatus', 'placement_status'],
      ['LawFirmInvoice', 'law_invoice'],
      ['RemittanceLine', 'remittance_line'],
      ['PartnerMoney', 'partner_money'],
    ].map(([noun, table]) => [noun, [table, 'null', 't.case_id']]),
  ),
  MatterStep: ['matter_step', 'null', '(select m.case_id from legal_matter m where m.id = t.matter_id)'],
  ...Object.fromEntries(
    [
      ['PreservationOrder', 'preservation_order'],
      ['MatterInstruction', 'matter_instruction'],
      ['MatterPayment', 'matter_payment'],
      ['EvidenceCustody', 'evidence_custody'],
    ].map(([noun, table]) => [noun, [table, 'null', '(select m.case_id from legal_matter m where m.id = t.matter_id)']]),
  ),
  ClockInterruption: ['clock_interruption', 'null', '(select k.case_id from statutory_clock k where k.id = t.clock_id)'],
  LawFirmInvoiceLine: ['law_invoice_line', 'null', '(select i.case_id from law_invoice i where i.id = t.invoice_id)'],
  ExternalRef: ['external_ref', 'null', 't.node_id'],
  EvidenceItem: ['evidence_item', 'null', '(select m.case_id from legal_matter m where m.id = t.matter_id)'],
};
export const nounsOfCases = Object.keys(tables);

const bank = ['collector', 'supervisor', 'legal', 'bureauReporter', 'auditor'];
const bureauDesk = ['supervisor', 'legal', 'bureauReporter', 'auditor'];
const dealers = ['supervisor', 'legal', 'auditor'];
const lawyers = ['supervisor', 'legal', 'auditor', 'lawFirm'];
/** The promise, written down once more: nothing here is taken from the code. */
const readers: Record<string, string[]> = {
  RecoveryCase: [...bank, 'lawFirm', 'agency'],
  Borrower: [...bank, 'lawFirm', 'agency'],
  ContactPoint: [...bank, 'lawFirm', 'agency'],
  Loan: [...bank, 'lawFirm', 'agency'],
  CaseExposure: [...bank, 'lawFirm', 'agency'],
  CaseLoan: [...bank, 'lawFirm', 'agency'],
  PromiseToPay: [...bank, 'agency'],
  AgencyPlacement: [...bank, 'agency'],
  PlacedLoan: [...bank, 'agency'],
  PlacementStatus: [...bank, 'agency'],
  Instalment: [...bank, 'lawFirm'],
  Repayment: [...bank, 'lawFirm'],
  Guarantor: [...bank, 'lawFirm'],
  Collateral: [...bank, 'lawFirm'],
  BureauInquiry: bureauDesk,
  Tradeline: bureauDesk,
  SaleLoan: dealers,
  PassedOnPayment: dealers,
  PutBack: dealers,
  LawFirmInvoice: ['supervisor', 'legal', 'auditor'],
  LawFirmInvoiceLine: ['supervisor', 'legal', 'auditor'],
  Remittance: [...lawyers, 'agency'],
  RemittanceLine: [...lawyers, 'agency'],
  PartnerMoney: [...lawyers, 'agency'],
  LegalMatter: lawyers,
  MatterStep: lawyers,
  PreservationOrder: lawyers,
  MatterInstruction: lawyers,
  MatterPayment: lawyers,
  EvidenceCustody: lawyers,
  StatutoryClock: ['supervisor', 'legal', 'auditor'],
  ClockInterruption: ['supervisor', 'legal', 'auditor'],
  EvidenceItem: lawyers,
};
export const mayRead = (noun: string, role: string) => (readers[noun] ?? bank).includes(role);

export async function openRightsWorld(settings: GraphSettings = {}): Promise<RightsWorld> {
  const world = await openGraphWorld(true, { costLimit: 10_000_000, ...settings });
  await world.rows(dealings);
  const cases = await world.rows<{ id: string; borrower_id: string; assignee: string | null; branch: string; portfolio: string }>(
    'select c.id, c.borrower_id, c.assignee, b.branch, b.portfolio from recovery_case c join borrower b on b.id = c.borrower_id',
  );
  const matters = await world.rows<{ id: string; case_id: string; law_firm_id: string; state: string }>('select * from legal_matter');
  const placements = await world.rows<{ id: string; case_id: string; agency_id: string; state: string }>('select * from agency_placement');
  const inArrears = new Set((await world.rows<{ loan_id: string }>('select loan_id from case_loan')).map(({ loan_id }) => loan_id));

  const rowsBy = new Map<string, Record<string, string>[]>();
  for (const [noun, [table, borrower, theCase = 'null']] of Object.entries(tables))
    rowsBy.set(
      noun,
      await world.rows(
        `select t.id, ${borrower} as borrower, ${theCase} as "case", to_jsonb(t)->>'loan_id' as loan, to_jsonb(t)->>'matter_id' as matter, to_jsonb(t)->>'placement_id' as placement, to_jsonb(t)->>'partner_id' as partner from ${table} t order by md5(t.id)`,
      ),
    );

  const casesOf = ({ role, user, partner, branches, portfolios }: Asking) =>
    cases.filter(({ id, assignee, branch, portfolio }) => {
      if (branches && !branches.includes(branch)) return false;
      if (portfolios && !portfolios.includes(portfolio)) return false;
      if (role === 'collector') return assignee === null || assignee === user;
      if (role === 'lawFirm')
        return matters.some(
          (each) =>
            each.case_id === id && each.law_firm_id === partner && !['CLOSED', 'REFUSED', 'SATISFIED', 'WITHDRAWN'].includes(each.state),
        );
      if (role === 'agency')
        return placements.some(
          (each) =>
            each.case_id === id &&
            each.agency_id === partner &&
            !['RECALLED', 'CLOSED', 'REFUSED', 'RETURNED', 'EXPIRED'].includes(each.state),
        );
      return role !== 'platform';
    });

  return {
    ...world,
    async askAs({ role, user = `${role}-1`, purpose, ...scope }, query) {
      const token = await world.token([role], { user, ...scope });
      const response = await fetch(`${world.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...(purpose ? { 'x-purpose': purpose } : {}) },
        body: JSON.stringify({ query }),
      });
      const text = await response.text();
      const { data, errors } = JSON.parse(text);
      return { text, data, ...(errors ? { code: errors[0].extensions.code } : {}) };
    },
    rowsOf(noun, caller) {
      const { branches, portfolios } = caller;
      const seesAll = ['supervisor', 'legal', 'bureauReporter', 'auditor'].includes(caller.role) && !branches && !portfolios; // also who has no case
      const seen = casesOf(caller);
      const [ids, borrowers] = [new Set(seen.map(({ id }) => id)), new Set(seen.map((each) => each.borrower_id))];
      const isPartner = caller.role === 'lawFirm' || caller.role === 'agency';
      const ofOther = (row: Record<string, string>): boolean => {
        if (!isPartner) return false;
        if (noun === 'Loan' || (row['loan'] && !row['case'] && noun !== 'Collateral'))
          return !inArrears.has(noun === 'Loan' ? row['id']! : row['loan']!);
        if (row['partner']) return row['partner'] !== caller.partner;
        const matter = matters.find(({ id }) => id === (noun === 'LegalMatter' ? row['id'] : row['matter']));
        if (matter) return matter.law_firm_id !== caller.partner;
        const placement = placements.find(({ id }) => id === (noun === 'AgencyPlacement' ? row['id'] : row['placement']));
        return placement !== undefined && placement.agency_id !== caller.partner;
      };
      return rowsBy.get(noun)!.map((row) => ({
        id: row['id']!,
        visible: seesAll || ((row['case'] ? ids.has(row['case']) : borrowers.has(row['borrower']!)) && !ofOther(row)),
      }));
    },
  };
}
