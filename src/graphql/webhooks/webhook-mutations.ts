// How platform engineers register webhooks, renew their secrets, end them, and have them told again.
import { ArrayMaxSize, ArrayMinSize, IsIn, IsOptional, Length, Matches } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { changeWebhook, redeliver, registerWebhook, type WebhookChange } from '../../actions/register-webhook.js';
import { webhookSecret } from '../../domain/webhook.js';
import { bankRoles } from '../../storage/profiles.js';
import type { Store } from '../../storage/store.js';
import { Allowed } from '../mutations/allowed.js';
import { actorOf } from '../mutations/answer.js';
import { objectOf } from '../mutations/json-object.js';
import { UserError } from '../mutations/user-errors.js';
import type { GraphContext } from '../reader/context.js';
import { Reference } from '../reader/roots.js';
import type { Renderer } from './render.js';

@InputType()
class RegisterWebhookInput {
  @Field(() => String) @Matches(/^[a-z][a-z0-9-]{0,59}$/, { message: 'name may have small letters, digits and dashes' }) name!: string;
  @Field(() => String) @Length(1, 500) url!: string;
  @Field(() => String, { description: 'A subscription to `caseChanged(id: $id)`, whose `$id` is the case that has changed.' })
  @Length(1, 20_000)
  document!: string;
  @Field(() => String, { nullable: true, description: 'A JSON object of what else the document needs.' })
  @IsOptional()
  @Length(2, 10_000)
  variables?: string;
  @Field(() => ID, { nullable: true, description: 'Only this case.' })
  @IsOptional()
  @Matches(/^case_[0-9a-z]{16}$/, { message: 'caseId must be the id of a case' })
  caseId?: string;
  @Field(() => [String], { defaultValue: [], description: 'Only entries of these types; all of them when empty.' })
  @ArrayMaxSize(50)
  @Length(1, 60, { each: true })
  types!: string[];
  @Field(() => [String], { description: 'Whose rights it has.' }) @ArrayMinSize(1) @IsIn(bankRoles, { each: true }) roles!: string[];
}

@InputType()
class WebhookInput {
  @Field(() => ID) @Matches(/^webhook_[0-9a-z]{16}$/, { message: 'webhookId must be the id of a webhook' }) webhookId!: string;
}

@InputType()
class RedeliverWebhookInput extends WebhookInput {
  @Field(() => [ID], { nullable: true, description: 'All that are parked when left out.' })
  @IsOptional()
  @ArrayMaxSize(1_000)
  deliveryIds?: string[];
}

@ObjectType()
class WebhookPayload {
  @Reference('Webhook') webhook?: string;
  @Field(() => [UserError], { description: 'Empty means success.' }) userErrors!: UserError[];
}
@ObjectType()
class WebhookSecretPayload extends WebhookPayload {
  @Field(() => String, { nullable: true, description: 'To verify what is sent, by Standard Webhooks. It is not shown again.' })
  secret?: string;
}
@ObjectType()
class RedeliverWebhookPayload {
  @Field(() => Int) redelivered!: number;
}

export interface WebhookSettings {
  /** Secrets are made from it; without it there are no webhooks. */
  master: string | null;
  /** What is wrong with a URL, or null. */
  unreachable(url: string): string | null;
}

@Resolver()
export class WebhookMutations {
  constructor(
    private readonly store: Store,
    private readonly renderer: Pick<Renderer, 'check'>,
    private readonly settings: WebhookSettings,
  ) {}

  @Mutation(() => WebhookSecretPayload, { nullable: true, description: 'Has an endpoint told of changes of cases from now on.' })
  @Allowed('platform')
  async registerWebhook(
    @Arg('input', () => RegisterWebhookInput) input: RegisterWebhookInput,
    @Ctx() context: GraphContext,
  ): Promise<WebhookSecretPayload> {
    const { name, url, document, types, roles } = input;
    const variables = objectOf(input.variables ?? '{}');
    const wrong =
      this.settings.master === null
        ? (['webhooks are not set up here: WEBHOOK_SECRET is missing'] as const)
        : variables === null
          ? (['variables must be a JSON object', 'variables'] as const)
          : (told('url', this.settings.unreachable(url)) ?? told('document', this.renderer.check(document, variables)));
    if (wrong) return refused(wrong[0], wrong[1]);
    const caseId = input.caseId ?? null;
    const outcome = await registerWebhook(this.store, actorOf(context), {
      name,
      url,
      document,
      variables: variables!,
      caseId,
      types,
      roles,
    });
    return this.withSecret(outcome, 1);
  }

  @Mutation(() => WebhookSecretPayload, { nullable: true, description: 'A new secret; the one before counts for another day.' })
  @Allowed('platform')
  async renewWebhookSecret(
    @Arg('input', () => WebhookInput) input: WebhookInput,
    @Ctx() context: GraphContext,
  ): Promise<WebhookSecretPayload> {
    const outcome = await this.change(input, context, 'NEW_SECRET');
    return this.withSecret(outcome, outcome.keyVersion ?? 1);
  }

  @Mutation(() => WebhookPayload, { nullable: true, description: 'Has an endpoint told no more.' })
  @Allowed('platform')
  async endWebhook(@Arg('input', () => WebhookInput) input: WebhookInput, @Ctx() context: GraphContext): Promise<WebhookPayload> {
    return payloadOf(await this.change(input, context, 'END'));
  }

  @Mutation(() => RedeliverWebhookPayload, { nullable: true, description: 'Tells a webhook again what was parked, or what is named.' })
  @Allowed('platform')
  async redeliverWebhook(
    @Arg('input', () => RedeliverWebhookInput) { webhookId, deliveryIds = undefined }: RedeliverWebhookInput,
    @Ctx() context: GraphContext,
  ): Promise<RedeliverWebhookPayload> {
    return { redelivered: await redeliver(this.store, actorOf(context), webhookId, deliveryIds ?? null) };
  }

  private change({ webhookId }: WebhookInput, context: GraphContext, change: WebhookChange) {
    return changeWebhook(this.store, actorOf(context), webhookId, change);
  }

  private withSecret(outcome: Awaited<ReturnType<typeof registerWebhook>>, keyVersion: number): WebhookSecretPayload {
    const payload = payloadOf(outcome);
    return payload.webhook ? { ...payload, secret: webhookSecret(this.settings.master!, payload.webhook, keyVersion) } : payload;
  }
}

const payloadOf = (outcome: Awaited<ReturnType<typeof registerWebhook>>): WebhookPayload =>
  'refused' in outcome ? { userErrors: outcome.refused as never } : { webhook: outcome.done['webhookId']!, userErrors: [] };

const told = (field: string, wrong: string | null) => (wrong === null ? null : ([`${field} ${wrong}`, field] as const));

const refused = (message: string, field?: string): WebhookPayload => ({
  userErrors: [{ code: 'INVALID_INPUT', message, ...(field ? { path: ['input', field] } : {}) }],
});
