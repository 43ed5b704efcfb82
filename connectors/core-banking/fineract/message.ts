// A message as Fineract's producer sends it: an envelope around one event, or around a bulk of them, each framed again.
import type { SourceMessage } from '../../contract/source.js';
import { readFramed, Unreadable } from './framed.js';
import type { Schemas } from './schema-set.js';

/** One event of Fineract; those of a bulk have the tenant and the dates of their envelope. */
export interface Occurrence {
  /** The idempotency key, or that of the bulk with `#` and the item's number: the same however often it is sent. */
  id: string;
  type: string;
  category: string;
  tenant: string;
  businessDate: string;
  /** When it was written down, UTC. */
  time: string;
  /** The message id without its sign, and the number within the bulk. */
  messageId: number;
  item: number;
  dataschema: string;
  data: Buffer;
  /** How its data is called in a reason. */
  level: string;
  /** Topic, partition, offset and the envelope's fingerprint. */
  rawref: string;
}

const namespace = 'org.apache.fineract.avro';
const bulk = `${namespace}.BulkMessagePayloadV1`;
const mostItems = 99_999;

/** @throws Unreadable */
export function readMessage({ topic, partition, offset }: SourceMessage, value: Buffer, schemas: Schemas): Occurrence[] {
  const outer = readFramed(value, `${namespace}.MessageV1`, 'MessageV1', schemas);
  const message = outer.value;
  const whole: Occurrence = {
    id: text(message.idempotencyKey, 'idempotencyKey'),
    type: text(message.type, 'type'),
    category: message.category ?? '',
    tenant: tenantOf(message.tenantId),
    businessDate: text(message.businessDate, 'businessDate'),
    time: instantOf(message.createdAt),
    messageId: message.id >>> 0, // the database's number cut to 32 bits: after 2147483647 comes the lowest negative
    item: 0,
    dataschema: text(message.dataschema, 'dataschema'),
    data: bytes(message.data, 'data'),
    level: 'MessageV1.data',
    rawref: `${topic}/${partition}/${offset}/${outer.fingerprint}`,
  };
  if (whole.dataschema !== bulk) return [whole];
  const items: any[] = readFramed(whole.data, bulk, whole.level, schemas).value.datas ?? [];
  return items.map((item, i) => {
    if (!(item.id >= 1 && item.id <= mostItems)) throw new Unreadable(`MESSAGE datas[${i}].id is not from 1 to ${mostItems}`);
    return {
      ...whole,
      id: `${whole.id}#${item.id}`,
      type: text(item.type, `datas[${i}].type`),
      category: item.category ?? '',
      item: item.id,
      dataschema: text(item.dataschema, `datas[${i}].dataschema`),
      data: bytes(item.data, `datas[${i}].data`),
      level: `datas[${i}].data`,
    };
  });
}

function text(value: unknown, field: string): string {
  if (typeof value !== 'string' || !value) throw new Unreadable(`MESSAGE ${field} is empty`);
  return value;
}

function bytes(value: unknown, field: string): Buffer {
  if (!Buffer.isBuffer(value)) throw new Unreadable(`MESSAGE ${field} is missing`);
  return value;
}

/** A tenant is part of identities that are put together with slashes. */
function tenantOf(value: unknown): string {
  const tenant = text(value, 'tenantId');
  if (/[\s/]/.test(tenant)) throw new Unreadable('MESSAGE tenantId has a slash or a blank');
  return tenant;
}

/** `2024-09-05T10:15:30.000001`, without a zone: it is UTC. */
function instantOf(value: unknown): string {
  const [whole, minute, rest] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?Z?$/.exec(text(value, 'createdAt')) ?? [];
  if (!whole || Number.isNaN(Date.parse(`${minute}Z`))) throw new Unreadable('MESSAGE createdAt is not a date and time');
  return `${minute}${rest ?? ':00'}Z`;
}
