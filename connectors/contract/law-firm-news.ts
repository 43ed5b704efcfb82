// What a law firm's news has to bring with it, by its type, in the gateway's words: what cannot be read is told back to its sender, and nothing of it is kept.
import { newsCheck } from '../news-check.js';

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const date = { type: 'string', format: 'date' };
const instant = { type: 'string', format: 'date-time' };
const one = (...values: string[]) => ({ enum: values });
const money = {
  type: 'object',
  required: ['amount', 'currency'],
  properties: { amount: { type: 'string', pattern: '^\\d{1,15}(\\.\\d{1,4})?$' }, currency: { type: 'string', pattern: '^[A-Z]{3}$' } },
};
const object = (needed: Record<string, object>, optional: Record<string, object> = {}) => ({
  type: 'object',
  required: Object.keys(needed),
  properties: { ...needed, ...optional },
});
const orderRef = text(60);

const news: Record<string, object> = {
  'matter.accepted': object({}, { manifestSha256: { type: 'string', pattern: '^[0-9a-f]{64}$' } }),
  'matter.refused': object({}, { code: text(60), reason: text(500) }),
  'matter.demandSent': object(
    { level: { type: 'integer', minimum: 1, maximum: 3 }, sentOn: date },
    { deliveredOn: date, proof: text(200) },
  ),
  'matter.letterSent': object({ sentOn: date }, { deliveredOn: date, proof: text(200) }),
  'matter.filed': object(
    { court: text(200), docket: text(100), filedOn: date },
    { claimed: money, procedure: one('SMALL_CLAIM', 'ORDINARY', 'PAYMENT_ORDER') },
  ),
  'matter.preservationApplied': object({ orderRef, appliedOn: date }, { asset: text(200) }),
  'matter.preservationGranted': object({ orderRef, grantedOn: date }, { expiresOn: date, asset: text(200) }),
  'matter.preservationServed': object({ orderRef, servedOn: date }, { expiresOn: date, asset: text(200) }),
  'matter.preservationRenewed': object({ orderRef, renewedOn: date, expiresOn: date }),
  'matter.preservationExpired': object({ orderRef, expiredOn: date }),
  'matter.preservationLifted': object({ orderRef, liftedOn: date }),
  'matter.served': object({ servedOn: date }),
  'matter.mediationScheduled': object({ at: instant }),
  'matter.hearingScheduled': object({ at: instant }),
  'matter.judgmentGiven': object({ result: one('FULL', 'PARTIAL', 'DISMISSED'), judgedOn: date }, { awarded: money }),
  'matter.appealed': object({ appealedOn: date }, { by: one('BANK', 'DEBTOR') }),
  'matter.becameFinal': object({ finalOn: date }),
  'matter.enforcementApplied': object({ appliedOn: date }, { enforcementRef: text(100) }),
  'matter.enforcementStarted': object({ startedOn: date }, { enforcementRef: text(100) }),
  'matter.suspended': object({ suspendedOn: date }),
  'matter.resumed': object({ resumedOn: date }),
  'matter.satisfied': object({ satisfiedOn: date }),
  'matter.settlementProposed': object({ amount: money, proposedOn: date }),
  'matter.settlementConfirmed': object({ confirmedOn: date }, { amount: money }),
  'matter.closed': object({}, { reason: text(500) }),
};

/** All that a law firm may say. */
export const matterNews = Object.keys(news);

/** Names the path, never what is there. */
export const problemOfMatterNews = newsCheck(news);
