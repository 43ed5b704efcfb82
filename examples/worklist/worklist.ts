// A worklist in the terminal: how many cases are in which stage, the ten that are late longest, and a contact that is noted on the first.
import { randomUUID } from 'node:crypto';
import { ask, type Gateway } from './ask.js';
import { noteContact, worklist } from './documents.js';

export async function show(gateway: Gateway, say: (line: string) => void): Promise<void> {
  const { caseFacets, cases } = await ask(gateway, worklist, {});
  say((caseFacets?.[0]?.values ?? []).map(({ value, count }) => `${value} ${count}`).join(' · '));
  for (const each of cases?.nodes ?? []) {
    const overdue = each.exposures.map(({ overdue: { amount, currency } }) => `${currency} ${amount}`).join(' + ');
    const contact = each.availableActions.find(({ name }) => name === 'CONTACT_BORROWER');
    const when = contact?.allowed ? 'now' : (contact?.earliestAt ?? 'not now');
    say(`${each.ref}  ${each.stage}  ${each.daysPastDue} days  ${overdue}  ${each.borrower.name}  call: ${when}`);
  }
  const [first] = cases?.nodes ?? [];
  if (!first) return;
  const { recordInteraction } = await ask(gateway, noteContact, {
    input: {
      caseId: first.id,
      channel: 'PHONE',
      direction: 'OUTBOUND',
      outcome: 'NO_ANSWER',
      at: new Date().toISOString(),
      expectedVersion: first.version,
      idempotencyKey: randomUUID(),
    },
  });
  const [refused] = recordInteraction?.userErrors ?? [];
  say(refused ? `Not noted: ${refused.message}` : `Noted on ${first.ref}, which is at version ${recordInteraction?.case?.version} now.`);
}

const { GATEWAY_URL, TOKEN } = process.env;
if (process.argv[1]?.endsWith('worklist/worklist.js')) {
  if (!TOKEN) throw new Error('TOKEN is not set: npm start prints one for each role');
  await show({ url: GATEWAY_URL ?? 'http://localhost:4000', token: TOKEN, adHoc: true }, console.log);
}
