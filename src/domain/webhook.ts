// What a webhook is, and the secret that it is signed with: made from the gateway's own and the webhook's id, so that none is kept.
import { createHmac } from 'node:crypto';

export interface Webhook {
  id: string;
  name: string;
  url: string;
  /** A subscription to `caseChanged`, whose `$id` is the case that has changed. */
  document: string;
  variables: Record<string, unknown>;
  /** Told of this case only; of all of them when null. */
  caseId: string | null;
  /** Told of entries of these types only; of all of them when empty. */
  types: readonly string[];
  /** Whose rights it has. */
  roles: readonly string[];
  keyVersion: number;
  /** Until when it is signed with the key before as well. */
  previousUntil: Date | null;
}

/** What is owed to a webhook, as it is kept: the entry of the timeline that it is told of. */
export interface WebhookNews {
  entryId: string;
  caseId: string;
  sequence: string;
  type: string;
  causeId: string;
  occurredOn: string;
  recordedAt: string;
}

/** In the form of Standard Webhooks. */
export const webhookSecret = (master: string, webhookId: string, keyVersion: number): string =>
  `whsec_${createHmac('sha256', master).update(`webhook ${webhookId} ${keyVersion}`).digest('base64')}`;

/** The newest key first, and the one before for as long as it counts. */
export const liveSecrets = (master: string, { id, keyVersion, previousUntil }: Webhook, now: Date): string[] =>
  [keyVersion, ...(previousUntil && previousUntil > now ? [keyVersion - 1] : [])].map((version) => webhookSecret(master, id, version));
