// What the platform engineers see of webhooks: who is told, and the log of what they were told.
import { webhook, webhookDelivery } from '../../storage/tables.js';
import { HandoffState } from '../enums.js';
import { Column, Many, Noun } from '../reader/declare.js';
import { platformReaders } from '../roles.js';
import { DateTime, Sequence } from '../scalars.js';

@Noun(webhook, {
  roles: platformReaders,
  class: 'internal',
  description: 'An endpoint that is told of changes of cases, in the order of each case, at least once.',
})
export class Webhook {
  @Column() name!: string;
  @Column() url!: string;
  @Column({ description: 'The subscription that says what it is told.' }) document!: string;
  @Column({ nullable: true, description: 'Told of this case only.' }) caseId?: string;
  @Column(() => [String], { description: 'Told of entries of these types only; of all of them when empty.' }) types!: string[];
  @Column(() => [String], { description: 'Whose rights it has.' }) roles!: string[];
  @Column({ description: 'False once it was ended.' }) active!: boolean;
  @Column({ description: 'Rises with each new secret.' }) keyVersion!: number;
  @Column() registeredBy!: string;
  @Column(() => DateTime) registeredAt!: string;
  @Many('WebhookDelivery', { description: 'What it was and will be told; what was delivered is kept for a week.' }) deliveries!: unknown;
}

@Noun(webhookDelivery, {
  roles: platformReaders,
  class: 'internal',
  description: 'One change that a webhook is told of. Its id is the `webhook-id`.',
})
export class WebhookDelivery {
  @Column() caseId!: string;
  @Column(() => Sequence, { sql: '@.lane_sequence', description: 'Of the case: it is told in this order.' }) sequence!: string;
  @Column({ sql: `coalesce(@.payload ->> 'type', '')`, description: 'Of the entry in the timeline.' }) type!: string;
  @Column(() => HandoffState) state!: string;
  @Column() attempts!: number;
  @Column({ nullable: true }) lastProblem?: string;
  @Column(() => DateTime) createdAt!: string;
  @Column(() => DateTime) nextAttemptAt!: string;
  @Column(() => DateTime, { nullable: true }) answeredAt?: string;
}
