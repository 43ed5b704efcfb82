// What a bureau's word does to the inquiry that it is about: its first answer counts, with the accounts that it tells of.
import { plusDays } from '../domain/day.js';
import type { Fact } from '../domain/fact.js';
import { partIdOf } from '../domain/ids.js';
import {
  inquirySteps,
  lendersOverdue,
  tradelinesOf,
  type InquiryState,
  type InquiryStepName,
  type Tradeline as Account,
} from '../domain/inquiry/inquiry.js';
import { BureauInquiry, Tradeline } from '../storage/definitions/bureau-inquiries.js';
import type { InferEntity, Tx } from '../storage/store.js';
import { changeCase } from './change-case.js';
import type { News } from './news.js';

type Inquiry = InferEntity<typeof BureauInquiry>;

const said: Record<InquiryStepName, string> = {
  COMPLETE: 'the report has come',
  MISS: 'knows nobody of this number',
  REFUSE: 'refused the inquiry',
  EXPIRE: 'the report is too old',
};

export async function followInquiry(tx: Tx, fact: Fact, news: News, step: InquiryStepName): Promise<void> {
  const inquiry = await tx.em.findOne(BureauInquiry, { handoffId: news.handoff.id });
  if (!inquiry) return;
  inquiry.partnerRef ??= news.partnerRef;
  const tell = (type: string, summary: string): void =>
    changeCase(tx, news.theCase, fact, [
      {
        type,
        summary: `${inquiry.bureauId}: ${summary}`,
        actor: fact.source,
        effectiveOn: fact.effectiveOn,
        data: { inquiryId: inquiry.id, sequence: String(news.sequence) },
      },
    ]);
  const next = inquirySteps[inquiry.state as InquiryState][step];
  if (!next) return tell('BUREAU_INQUIRY_NEWS_LATE', `${said[step]}, after it had answered`);
  const tradelines = step === 'COMPLETE' ? tradelinesOf(news.data['report']) : [];
  if (!tradelines) return tell('BUREAU_INQUIRY_UNREADABLE', 'the report has an amount that is none of its currency');
  inquiry.state = next;
  inquiry.completedAt = fact.recordedAt!;
  if (step === 'REFUSE') inquiry.problem = news.handoff.lastProblem ?? problemOf(news.data);
  else {
    inquiry.expiresOn = plusDays(fact.businessOn, inquiry.cacheDays);
    keep(tx, inquiry, tradelines, (news.data['report'] as { score?: number } | undefined)?.score ?? null);
  }
  tell(`BUREAU_INQUIRY_${next}`, said[step]);
}

function keep(tx: Tx, inquiry: Inquiry, tradelines: readonly Account[], score: number | null): void {
  const others = lendersOverdue(tradelines).length;
  Object.assign(inquiry, { score, multiCreditor: others > 0, otherLendersOverdue: others });
  tradelines.forEach((line, ordinal) =>
    tx.append(Tradeline, {
      id: partIdOf('tradeline', inquiry.id, ordinal),
      inquiryId: inquiry.id,
      caseId: inquiry.caseId,
      ordinal,
      ...line,
    }),
  );
}

const problemOf = ({ code, reason }: Record<string, unknown>): string =>
  [code, reason].filter((each) => typeof each === 'string').join(': ') || 'no reason was told';
