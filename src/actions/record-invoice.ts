// Records what a law firm bills: each invoice is held against its matter and kept, whatever is found; a file that cannot be read is refused to the firm with its problems.
import type { Fact } from '../domain/fact.js';
import { idOf, sha256 } from '../domain/ids.js';
import { contentOf, findingText, invoiceSteps, judgeInvoice, type BilledInvoice } from '../domain/legal/invoice.js';
import { policyFor } from '../policies/index.js';
import { casesById } from '../storage/cases.js';
import { LawInvoice, LawInvoiceLine } from '../storage/definitions/law-invoices.js';
import { Handoff } from '../storage/definitions/handoffs.js';
import { LegalMatter } from '../storage/definitions/matters.js';
import { logFacts } from '../storage/facts.js';
import { billedOfMatter, currencyOfCase, invoicesOfNumber, linesBilledBefore, mattersNamed } from '../storage/law-invoices.js';
import type { InferEntity, Store, Tx } from '../storage/store.js';
import type { Applier } from './applier.js';
import { changeCase, type CaseRow } from './change-case.js';
import { oweInvoiceDecision } from './owe-invoice-decision.js';
import type { News } from './news.js';

/** A file as the format read it: problems, or invoices. */
export interface ReadInvoiceFile {
  format: string | null;
  sha256: string;
  problems: { line: number; column: string | null; code: string; words: string }[];
  problemCount: number;
  invoices: BilledInvoice[];
}

type Matter = InferEntity<typeof LegalMatter>;
interface Filed {
  fileName: string;
  file: ReadInvoiceFile;
}

/** `refused`: nothing of the file was kept; why, for who sent it. */
export type RecordedInvoices = { recorded: 'recorded' | 'seenBefore' } | { refused: string };

/**
 * The door for files that do not come as a callback. Each of its invoices is recorded with the matter that its lines name; none is where one of them names none of the firm's.
 * @param partnerId the law firm
 */
export const recordInvoice = (store: Store, partnerId: string, filed: Filed): Promise<RecordedInvoices> =>
  store.transaction((tx) => takeInvoices(tx, partnerId, filed));

/** The same within a transaction that is there. */
export async function takeInvoices(tx: Tx, partnerId: string, { fileName, file }: Filed): Promise<RecordedInvoices> {
  if (file.problemCount)
    return { refused: file.problems.map(({ line, column, words }) => `line ${line}${column ? ` ${column}` : ''}: ${words}`).join('\n') };
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`invoices ${partnerId}`]);
  const lines = file.invoices.flatMap((invoice) => invoice.lines);
  const named = await mattersNamed(
    tx,
    partnerId,
    lines.map(({ firmMatterId }) => firmMatterId),
    lines.flatMap(({ clientMatterId }) => clientMatterId ?? []),
  );
  const matterOf = ({ lines: [first] }: BilledInvoice) =>
    named.find(({ partnerRef }) => partnerRef === first!.firmMatterId) ??
    named.find(({ caseRef, matterId }) => [caseRef, matterId.slice(7)].includes(first!.clientMatterId ?? ''));
  const unknown = file.invoices.find((invoice) => !matterOf(invoice));
  if (unknown) return { refused: `invoice ${unknown.number}: no matter of ${partnerId} has the number that its lines name` };
  // Locked in one order by everyone, before the facts get their place in the log.
  const cases = new Map(
    (
      await casesById(
        tx,
        named.map(({ caseId }) => caseId),
      )
    ).map((each) => [each.id, each]),
  );
  let recorded = false;
  for (const invoice of file.invoices) {
    const { caseId, matterId } = matterOf(invoice)!;
    const { tenant } = cases.get(caseId)!;
    const [{ today }] = (await tx.query<{ today: string }>('select business_date($1)::text as today', [tenant])) as [{ today: string }];
    const fact: Fact = {
      source: `partner/${partnerId}`,
      id: `invoice-file/${file.sha256}/${invoice.number}`,
      type: 'InvoiceFiled',
      tenant,
      aggregateId: caseId,
      sequence: 0n,
      effectiveOn: today,
      businessOn: today,
      occurredAt: new Date(),
      data: { matterId, fileName, file: { ...file, invoices: [invoice] } },
    };
    if (!(await seenBefore(tx, fact)) && (await logFacts(tx, [fact])).length) {
      await applyInvoiceFiled(tx, fact);
      recorded = true;
    }
  }
  return { recorded: recorded ? 'recorded' : 'seenBefore' };
}

/** The log takes a fact once a business date; a file is taken once. */
const seenBefore = async (tx: Tx, { source, id }: Fact): Promise<boolean> =>
  (await tx.query('select 1 from event_log where source = $1 and fact_id = $2', [source, id])).length > 0;

export const applyInvoiceFiled: Applier = async (tx, fact: Fact<string, Filed & { matterId: string }>) => {
  const [theCase] = await casesById(tx, [fact.aggregateId]);
  const matter = await tx.em.findOneOrFail(LegalMatter, { id: fact.data.matterId });
  await keepFile(tx, fact, theCase!, matter, fact.data);
  return { caseId: theCase!.id };
};

/** The firm sent a file about a matter. */
export async function followInvoice(tx: Tx, fact: Fact, { handoff, theCase, data }: News): Promise<boolean> {
  const matter = await tx.em.findOne(LegalMatter, { handoffId: handoff.id });
  if (!matter) return false;
  await keepFile(tx, fact, theCase, matter, data as unknown as Filed);
  return true;
}

async function keepFile(tx: Tx, fact: Fact, theCase: CaseRow, matter: Matter, { fileName, file }: Filed): Promise<void> {
  if (file.problemCount) return refuseFile(tx, fact, theCase, matter, { fileName, file });
  for (const invoice of file.invoices) await keepInvoice(tx, fact, theCase, matter, { fileName, file }, invoice);
}

const tell = (tx: Tx, fact: Fact, theCase: CaseRow, type: string, summary: string, invoiceId: string): void =>
  changeCase(tx, theCase, fact, [{ type, summary, actor: fact.source, effectiveOn: fact.effectiveOn, data: { invoiceId } }]);

async function refuseFile(tx: Tx, fact: Fact, theCase: CaseRow, matter: Matter, { fileName, file }: Filed): Promise<void> {
  const id = idOf('invoice', matter.lawFirmId, matter.id, file.sha256);
  if (await tx.em.findOne(LawInvoice, { id }))
    return tell(tx, fact, theCase, 'INVOICE_SEEN_BEFORE', `${matter.lawFirmId}: the same unreadable file once more`, id);
  const invoice = tx.em.create(LawInvoice, {
    ...common(fact, theCase, matter, { fileName, file }),
    id,
    contentSha256: file.sha256,
    state: invoiceSteps.RECEIVED.UNREADABLE!,
    result: 'ERROR',
    findings: [],
    grave: 1,
    problems: file.problems,
    decidedOn: fact.businessOn,
    words: `The file has ${file.problemCount} problem${file.problemCount === 1 ? '' : 's'} of form`,
  });
  tell(tx, fact, theCase, 'INVOICE_UNREADABLE', `${matter.lawFirmId}: an invoice file with ${file.problemCount} problems of form`, id);
  await oweInvoiceDecision(tx, theCase, matter, invoice, []);
}

const common = (fact: Fact, theCase: CaseRow, matter: Matter, { fileName, file }: Filed) => ({
  caseId: theCase.id,
  matterId: matter.id,
  lawFirmId: matter.lawFirmId,
  format: file.format,
  fileName,
  fileSha256: file.sha256,
  submittedOn: fact.businessOn,
  policyVersion: policyFor(theCase.jurisdiction, fact.businessOn).version,
});

async function keepInvoice(tx: Tx, fact: Fact, theCase: CaseRow, matter: Matter, filed: Filed, invoice: BilledInvoice): Promise<void> {
  const { lawFirmId } = matter;
  const contents = invoice.lines.map(contentOf);
  const { number, date, billingFrom, billingTo, total, currency: said } = invoice;
  const contentSha256 = sha256(JSON.stringify([matter.id, number, date, billingFrom, billingTo, total, said, contents]));
  const sent = await invoicesOfNumber(tx, { lawFirmId, number, contentSha256 });
  if (sent.same) return tell(tx, fact, theCase, 'INVOICE_SEEN_BEFORE', `${lawFirmId}: invoice ${number} once more`, sent.same);
  const currency = (await currencyOfCase(tx, theCase.id)) ?? 'XXX';
  const handoff = await tx.em.findOneOrFail(Handoff, { id: matter.handoffId });
  const judged = judgeInvoice(
    invoice,
    { partnerRef: matter.partnerRef ?? handoff.partnerRef ?? null, ourRefs: [theCase.ref, matter.id, matter.id.slice(7)], currency },
    policyFor(theCase.jurisdiction, fact.businessOn).billing,
    {
      sameNumber: sent.other,
      lines: await linesBilledBefore(tx, lawFirmId, contents),
      billedMinor: await billedOfMatter(tx, matter.id, currency),
    },
  );
  const id = idOf('invoice', lawFirmId, number, contentSha256);
  tx.em.create(LawInvoice, {
    ...common(fact, theCase, matter, filed),
    id,
    invoiceNumber: number,
    invoiceDate: date,
    billingFrom,
    billingTo,
    contentSha256,
    currency: judged.currency,
    totalMinor: judged.totalMinor,
    state: invoiceSteps.RECEIVED.CHECK!,
    result: judged.result,
    findings: judged.findings.map(findingText),
    grave: judged.findings.filter(({ grave }) => grave).length,
    problems: [],
  });
  judged.lines.forEach(({ line, findings, ...of }, ordinal) =>
    tx.append(LawInvoiceLine, {
      id: idOf('invoiceline', id, ordinal),
      invoiceId: id,
      ordinal,
      line: line.line,
      number: line.number,
      type: line.type,
      doneOn: line.on,
      units: line.units,
      unitCost: line.unitCost,
      adjustment: line.adjustment,
      taskCode: line.taskCode,
      expenseCode: line.expenseCode,
      activityCode: line.activityCode,
      timekeeperId: line.timekeeperId,
      classification: line.classification,
      description: line.description,
      currency: judged.currency,
      findings: findings.map(findingText),
      ...of,
    } as never),
  );
  const found = judged.lines.filter(({ result }) => result !== 'OK').length + judged.findings.length;
  tell(tx, fact, theCase, 'INVOICE_CHECKED', `${lawFirmId}: invoice ${number} was checked, ${found || 'nothing'} found`, id);
}
