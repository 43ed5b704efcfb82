// The tables that the graph reads, and whose each row is: a row is seen by whoever sees its owner.
import type { Table } from './reader/shape.js';

const together = (table: Table): Table => ({ ...table, together: true });
const below = (table: Table, here: string) => ({ table, here, there: 'id' });

export const recoveryCase: Table = { name: 'recovery_case', prefix: 'case', within: 'profile' };
const ofCase = (name: string, prefix = name): Table => ({ name, prefix, within: below(recoveryCase, 'case_id') });

export const borrower: Table = { name: 'borrower', prefix: 'borrower', within: { table: recoveryCase, here: 'id', there: 'borrower_id' } };
export const contactPoint: Table = together({ name: 'contact_point', prefix: 'contact', within: below(borrower, 'borrower_id') });
export const loan: Table = { name: 'loan', prefix: 'loan', within: { table: recoveryCase, here: 'borrower_id', there: 'borrower_id' } };
const ofLoan = (name: string, prefix = name): Table => ({ name, prefix, within: below(loan, 'loan_id') });
export const instalment = together(ofLoan('instalment'));
export const repayment: Table = { ...together(ofLoan('repayment')), order: { column: 'value_on', type: 'date' } };
export const guarantor = together(ofLoan('guarantor'));
export const collateral: Table = { name: 'collateral', prefix: 'collateral', within: below(borrower, 'borrower_id') };
export const valuation: Table = { name: 'valuation', prefix: 'valuation', within: below(collateral, 'collateral_id') };
/** Seen with its asset, whichever case of the borrower it is for: where the asset stands is told by it. The asset's row changes with each of its steps. */
export const disposal: Table = together({ name: 'disposal', prefix: 'disposal', within: below(collateral, 'collateral_id') });
const ofDisposal = (name: string, prefix: string): Table => together({ name, prefix, within: below(disposal, 'disposal_id') });
export const auctionRound = ofDisposal('auction_round', 'round');
export const proceedsShare = ofDisposal('proceeds_share', 'share');

export const caseLoan = together(ofCase('case_loan', 'caseloan'));
export const exposure = together(ofCase('case_exposure', 'exposure'));
export const thresholdCrossing = together(ofCase('threshold_crossing', 'crossing'));
export const timelineEntry: Table = { ...together(ofCase('timeline_entry', 'entry')), order: { column: 'sequence', type: 'bigint' } };
export const interaction: Table = { ...together(ofCase('interaction')), order: { column: 'at', type: 'timestamptz' } };
export const promiseToPay = together(ofCase('promise_to_pay', 'promise'));
export const hold = together(ofCase('hold'));
export const decision = together(ofCase('decision'));
export const handoff: Table = { ...ofCase('handoff'), order: { column: 'created_at', type: 'timestamptz' } };
export const legalMatter = ofCase('legal_matter', 'matter');
export const matterStep: Table = { name: 'matter_step', prefix: 'step', within: below(legalMatter, 'matter_id') };
export const evidenceItem: Table = { name: 'evidence_item', prefix: 'evidence', within: below(legalMatter, 'matter_id') };
const ofMatter = (name: string, prefix: string): Table => ({ name, prefix, within: below(legalMatter, 'matter_id') });
export const preservationOrder = ofMatter('preservation_order', 'preservation');
export const matterInstruction = ofMatter('matter_instruction', 'instruction');
export const matterPayment = ofMatter('matter_payment', 'mpayment');
export const evidenceCustody = ofMatter('evidence_custody', 'custody');
export const statutoryClock = ofCase('statutory_clock', 'clock');
export const clockInterruption: Table = { name: 'clock_interruption', prefix: 'interruption', within: below(statutoryClock, 'clock_id') };
export const hardshipAssessment = together(ofCase('hardship_assessment', 'hardship'));
export const lawInvoice = together(ofCase('law_invoice', 'invoice'));
export const lawInvoiceLine: Table = together({ name: 'law_invoice_line', prefix: 'invoiceline', within: below(lawInvoice, 'invoice_id') });
/** A partner's users see their own; the bank's, where they see the whole bank: it is of many cases. */
export const remittance: Table = { name: 'remittance', prefix: 'remittance', within: 'partner' };
export const remittanceLine = together(ofCase('remittance_line', 'remline'));
export const partnerMoney = together(ofCase('partner_money', 'partnermoney'));
export const agencyPlacement = ofCase('agency_placement', 'placement');
const ofPlacement = (name: string, prefix: string): Table => ({ name, prefix, within: below(agencyPlacement, 'placement_id') });
export const placedLoan = ofPlacement('placed_loan', 'placedloan');
export const placementStatus = ofPlacement('placement_status', 'pstatus');
export const soldCase = ofCase('sold_case', 'soldcase');
export const bureauFlag = together(ofCase('bureau_flag', 'flag'));
export const bureauInquiry = together(ofCase('bureau_inquiry', 'inquiry'));
export const tradeline: Table = together({ name: 'tradeline', prefix: 'tradeline', within: below(bureauInquiry, 'inquiry_id') });
/** Its figures change with its case; whether it is late does with the business date. */
export const bureauReport = together(ofCase('bureau_report', 'report'));
export const bureauDispute = together(ofCase('bureau_dispute', 'dispute'));
export const communication: Table = { ...ofCase('communication', 'message'), order: { column: 'decided_on', type: 'date' } };
/** Not together with the case: numbers of other systems may be written whenever they are learned. */
export const externalRef: Table = { name: 'external_ref', prefix: 'ref', within: below(recoveryCase, 'node_id') };

/** Deals are of many cases; their loans are each with its own. */
export const saleLoan = ofLoan('sale_loan', 'saleloan');
export const passedOnPayment = ofLoan('passed_on_payment', 'passedon');
export const putBack = ofLoan('put_back', 'putback');

export const webhook: Table = { name: 'webhook', prefix: 'webhook', within: 'open' };
export const webhookDelivery: Table = {
  name: 'webhook_delivery',
  prefix: 'delivery',
  within: 'open',
  order: { column: 'created_at', type: 'timestamptz' },
};
/** Files tell of all loans: they are for tokens that are not narrowed to some. */
const ofBank = (name: string, prefix: string): Table => ({ name, prefix, within: 'bank' });
export const bureauFile = ofBank('bureau_file', 'bfile');
export const bureauFilePart = ofBank('bureau_file_part', 'bpart');
export const bureauItem = ofBank('bureau_item', 'bitem');
export const bureauProblem = ofBank('bureau_problem', 'bproblem');
export const placementBatch = ofBank('placement_batch', 'pbatch');
export const placementShare = ofBank('placement_share', 'pshare');
export const placementAllotment = ofBank('placement_allotment', 'allotment');
export const agencyProfile: Table = { name: 'agency_profile', prefix: 'aprofile', within: 'open' };
export const portfolioSale = ofBank('portfolio_sale', 'sale');
export const saleBid = ofBank('sale_bid', 'salebid');
export const saleTape = ofBank('sale_tape', 'saletape');
export const bulkExport: Table = { name: 'bulk_export', prefix: 'export', within: 'asker' };
export const connector: Table = { name: 'connector', prefix: 'connector', within: 'open' };
export const breaker: Table = { name: 'breaker', prefix: 'breaker', within: 'open' };
export const parkedMessage: Table = { name: 'parked_message', prefix: 'parked', within: 'open' };
