// What subscribers are told over real sockets: all of it and nothing twice across cuts, only what they may see, and no more than they take.
import WebSocket from 'ws';
import { writeBreaker } from '../../src/storage/breakers.js';
import { openGraphWorld, type GraphWorld } from '../support/graph-world.js';
import { asStream, overSocket, type Asking, type Subscriber } from '../support/subscriber.js';
import { until } from '../support/until.js';

let world: GraphWorld;
beforeAll(async () => {
  world = await openGraphWorld(true, { limits: { heartbeatMs: 8_000, writeDeadlineMs: 1_000 } });
}, 120_000);
afterAll(() => world?.stop());

const transports: [string, (asking: Asking) => Subscriber][] = [
  ['WebSocket', overSocket],
  ['an event stream', asStream],
];
const ofCase =
  'subscription ($id: ID!, $after: String) { caseChanged(id: $id, afterSequence: $after) { sequence cause { type } entry { type } case { ref } } }';
let notes = 0;
const note = (id: string) =>
  world.ask(
    'supervisor',
    'mutation ($id: ID!, $key: String!) { recordInteraction(input: { caseId: $id, channel: PHONE, direction: OUTBOUND, outcome: NO_ANSWER, at: "2026-01-01T00:00:00Z", idempotencyKey: $key }) { userErrors { message } } }',
    { id, key: `note ${++notes}` },
  );
const assign = (id: string, to: string) =>
  world.ask(
    'supervisor',
    `mutation ($id: ID!, $key: String!) { assignCase(input: { caseId: $id, ${to} idempotencyKey: $key }) { userErrors { message } } }`,
    { id, key: `assign ${++notes}` },
  );
const openCases = async (count: number) =>
  (
    await world.rows<{ id: string }>(
      `select id from recovery_case where status = 'OPEN' and ownership = 'OWNED' and legal_eligible and assignee is null order by id limit $1`,
      count,
    )
  ).map(({ id }) => id);
const sequences = ({ seen }: Subscriber): number[] => seen.map(({ caseChanged }) => Number(caseChanged.sequence));
const asked = async (query: string, variables: Record<string, unknown>, role = 'auditor', over = {}): Promise<Asking> => ({
  url: world.url,
  token: await world.token([role], over),
  query,
  variables,
});
/** Until what is asked for flows: a change that this makes has come. */
const flowing = async (subscriber: Subscriber, change: () => Promise<unknown>) => {
  await until('the subscription flows', async () => subscriber.seen.length || (await change(), subscriber.seen.length), 20_000);
};

const aliases = Array.from({ length: 31 }, (_, i) => `a${i}: missed`).join(' ');

describe.each(transports)('over %s', (_, follow) => {
  it('a case goes on after each cut where it was, without loss and without doubling', async () => {
    const [id] = (await openCases(1)) as [string];
    const all: number[] = [];
    let stopped = false;
    const writing = (async () => {
      while (!stopped) await note(id);
    })();
    for (let cuts = 0; cuts < 4; cuts++) {
      const subscriber = follow(await asked(ofCase, { id, after: String(all.at(-1) ?? 0) }));
      await until('some more have come', async () => subscriber.seen.length >= 15, 20_000);
      subscriber.cut();
      await subscriber.ended;
      all.push(...sequences(subscriber));
    }
    stopped = true;
    await writing;
    const [{ sequence }] = (await world.rows('select sequence::int from recovery_case where id = $1', id)) as [{ sequence: number }];
    const rest = follow(await asked(ofCase, { id, after: String(all.at(-1)) }));
    await until('the rest has come', async () => all.length + rest.seen.length >= sequence, 20_000);
    rest.cut();
    expect([...all, ...sequences(rest)]).toEqual(Array.from({ length: sequence }, (_, i) => i + 1));
  }, 60_000);

  it('ends before the token does, and says so', async () => {
    const [id] = (await openCases(1)) as [string];
    const began = Date.now();
    const subscriber = follow(await asked(ofCase, { id, after: '0' }, 'auditor', { ttlSeconds: 3 }));
    const { code, reason } = await subscriber.ended;
    expect(Date.now() - began).toBeLessThan(3_000);
    expect(subscriber.seen.length).toBeGreaterThan(0);
    expect([code, reason]).toEqual(
      follow === overSocket ? [4403, expect.stringContaining('The token ends')] : [undefined, 'TOKEN_EXPIRED'],
    );
  }, 20_000);

  it.each([
    ['a sequence that the case has not reached', ofCase, { after: '999999' }, 'auditor', 'SEQUENCE_GAP'],
    ['a sequence that is none', ofCase, { after: 'x' }, 'auditor', 'BAD_USER_INPUT'],
    ['a case that is not there', ofCase, { id: 'case_0000000000000000' }, 'auditor', 'NOT_FOUND'],
    ['platform a case', ofCase, {}, 'platform', 'FORBIDDEN'],
    ['platform hand-overs', 'subscription { handoffChanged { missed } }', {}, 'platform', 'FORBIDDEN'],
    ['a queue of no kind', 'subscription { queueChanged(queueId: "x") { missed } }', {}, 'auditor', 'BAD_USER_INPUT'],
    ['a query', '{ cases(first: 1) { nodes { id } } }', {}, 'auditor', 'BAD_USER_INPUT'],
    ['a mutation', 'mutation { assignCase(input: { caseId: "x", idempotencyKey: "x" }) { dryRun } }', {}, 'supervisor', 'BAD_USER_INPUT'],
    ['a field that is not there', 'subscription { breakerChanged { colour } }', {}, 'auditor', 'BAD_USER_INPUT'],
    ['too many aliases', `subscription { breakerChanged { ${aliases} } }`, {}, 'auditor', 'COST_LIMIT'],
  ])('refuses %s', async (_, query, variables, role, code) => {
    const [id] = (await openCases(1)) as [string];
    const uses = query.includes('$id') ? { id, ...variables } : variables;
    const subscriber = follow(await asked(query, uses, role));
    await until('it is refused', async () => subscriber.refused.length);
    subscriber.cut();
    expect([subscriber.refused[0]!.extensions['code'], subscriber.seen]).toEqual([code, []]);
  });

  it('a case that is taken from a collector is told no more', async () => {
    const [id] = (await openCases(1)) as [string];
    await assign(id, 'assignee: "ana"');
    const subscriber = follow(await asked(ofCase, { id, after: '0' }, 'collector', { user: 'ana' }));
    await until('what was is told', async () => subscriber.seen.length > 0);
    await note(id);
    const [{ sequence }] = (await world.rows('select sequence::int from recovery_case where id = $1', id)) as [{ sequence: number }];
    await until('the note is told', async () => sequences(subscriber).includes(sequence));
    await assign(id, 'assignee: "ben"');
    const { reason } = await subscriber.ended;
    expect(sequences(subscriber).at(-1)).toBe(sequence);
    if (follow === asStream) expect(reason).toBe('ACCESS_ENDED');
    await assign(id, '');
  }, 20_000);

  it('a queue tells what comes, changes and goes, to those who may see it', async () => {
    const [id, other] = (await openCases(2)) as [string, string];
    const query = 'subscription ($q: ID!) { queueChanged(queueId: $q) { missed caseId inQueue case { ref } } }';
    const supervisor = follow(await asked(query, { q: 'user:eva' }, 'supervisor'));
    const own = follow(await asked(query, { q: 'user:eva' }, 'collector', { user: 'eva' }));
    const stranger = follow(await asked(query, { q: 'user:eva' }, 'collector', { user: 'ben' }));
    const team = follow(await asked(query, { q: 'team:north' }, 'auditor'));
    // A stranger sees nothing of it, so it is in a queue of his own that his subscription is seen to flow.
    const strangers = follow(await asked(query, { q: 'user:ben' }, 'collector', { user: 'ben' }));
    await flowing(supervisor, () => assign(other, 'assignee: "eva", team: "north"'));
    await flowing(team, () => note(other));
    await flowing(own, () => note(other));
    await assign(id, 'assignee: "eva"');
    const of = (subscriber: Subscriber) =>
      subscriber.seen.map(({ queueChanged }) => queueChanged).filter(({ caseId }: { caseId: string }) => caseId === id);
    await until('it has come', async () => of(supervisor).length && of(own).length);
    expect(of(own)[0]).toEqual({ missed: false, caseId: id, inQueue: true, case: { ref: expect.any(String) } });
    await assign(id, 'assignee: "ben"');
    await until('it has gone', async () => [supervisor, own].every((each) => of(each).at(-1).inQueue === false));
    expect(of(own).at(-1)).toEqual({ missed: false, caseId: id, inQueue: false, case: null });
    expect(of(supervisor).at(-1).case).toEqual({ ref: expect.any(String) });
    await until('it is with ben', async () => of(strangers).length);
    expect(stranger.seen.filter(({ queueChanged }) => queueChanged.inQueue)).toEqual([]);
    expect(of(team)).toEqual([]);
    for (const each of [supervisor, own, stranger, strangers, team]) each.cut();
    await assign(id, '');
    await assign(other, '');
  }, 40_000);

  it('hand-overs and breakers are told', async () => {
    const [id] = (await world.rows<{ id: string }>(
      `select id from recovery_case where status = 'OPEN' and ownership = 'OWNED' and legal_eligible and assignee is null and legal = 'PRE_LEGAL' order by id limit 1`,
    )) as [{ id: string }];
    const handoffs = follow(
      await asked('subscription ($id: ID!) { handoffChanged(caseId: $id) { missed handoff { id state operation } } }', id),
    );
    const breakers = follow(await asked('subscription { breakerChanged { breaker { operation state } } }', {}, 'platform'));
    const become = (state: string) =>
      world.store.transaction((tx) =>
        writeBreaker(tx, {
          connectorId: 'harbor-legal',
          operation: 'placeClaim',
          state,
          since: new Date().toISOString(),
          failureRate: 0.5,
        }),
      );
    await flowing(breakers, () => become('OPEN').then(() => become('CLOSED')));
    await become('OPEN');
    await until('the breaker is open', async () => breakers.seen.at(-1).breakerChanged.breaker.state === 'OPEN');
    const instructed = await world.ask(
      'legal',
      `mutation ($id: ID!) { instructLawFirm(input: { caseId: $id, lawFirmId: "harbor-legal", idempotencyKey: "live ${++notes}" }) { handoff { id } userErrors { message } } }`,
      id,
    );
    const handoff = instructed.data.instructLawFirm.handoff;
    expect(handoff).not.toBeNull();
    await until('it is owed', async () => handoffs.seen.length);
    await world.rows(`update handoff set state = 'SENDING' where id = $1`, handoff.id);
    await world.rows(`update handoff set state = 'PARKED' where id = $1`, handoff.id);
    await until('it is parked', async () => handoffs.seen.at(-1).handoffChanged.handoff.state === 'PARKED');
    expect(handoffs.seen[0].handoffChanged).toEqual({
      missed: false,
      handoff: { id: handoff.id, state: 'QUEUED', operation: 'placeClaim' },
    });
    handoffs.cut();
    breakers.cut();
    await become('CLOSED');
  }, 40_000);
});

it('loses nothing of a case, and says that it may have of a queue, when the connection that listens is cut', async () => {
  const [id] = (await openCases(1)) as [string];
  const cases = overSocket(await asked(ofCase, { id, after: '0' }));
  const queue = overSocket(await asked('subscription { queueChanged(queueId: "team:east") { missed caseId } }', {}));
  await flowing(queue, () => assign(id, 'team: "east"'));
  await world.rows(`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen case_changed%'`);
  await note(id);
  const [{ sequence }] = (await world.rows('select sequence::int from recovery_case where id = $1', id)) as [{ sequence: number }];
  await until('the note is told', async () => sequences(cases).includes(sequence), 20_000);
  await until('the queue is to be read again', async () => queue.seen.some(({ queueChanged }) => queueChanged.missed), 20_000);
  expect(sequences(cases)).toEqual(Array.from({ length: sequence }, (_, i) => i + 1));
  cases.cut();
  queue.cut();
  await assign(id, '');
}, 40_000);

it('puts each of those for whom one read is made on record for what they see in clear', async () => {
  const [id] = (await openCases(1)) as [string];
  const query = 'subscription ($id: ID!) { caseChanged(id: $id) { sequence case { borrower { nationalId } } } }';
  const readers = await Promise.all(
    ['lea', 'leo'].map(async (user) => overSocket({ ...(await asked(query, { id }, 'legal', { user })), purpose: 'litigation' })),
  );
  await flowing(readers[0]!, () => note(id));
  await flowing(readers[1]!, () => note(id));
  for (const [i, user] of ['lea', 'leo'].entries()) {
    const { seen, cut } = readers[i]!;
    expect(seen[0].caseChanged.case.borrower.nationalId).not.toMatch(/\*/);
    const entries = await world.rows(`select detail from audit_entry where actor = $1 and action = 'READ_UNMASKED'`, user);
    expect(entries.length).toBeGreaterThanOrEqual(seen.length);
    expect(entries[0]!.detail).toEqual({ fields: ['Borrower.nationalId'] });
    cut();
  }
}, 30_000);

async function connected(): Promise<WebSocket> {
  const socket = new WebSocket(`${world.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await new Promise((open) => socket.once('open', open));
  const acknowledged = new Promise((ack) => socket.once('message', ack));
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${await world.token(['auditor'])}` } }));
  await acknowledged;
  return socket;
}

it('sends a heartbeat while nothing happens', async () => {
  const socket = await connected();
  let pings = 0;
  socket.on('ping', () => pings++);
  const abort = new AbortController();
  const response = await fetch(`${world.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.token(['auditor'])}` },
    body: JSON.stringify({ query: 'subscription { breakerChanged { missed } }' }),
    signal: abort.signal,
  });
  const { value } = await response.body!.getReader().read();
  expect(new TextDecoder().decode(value)).toBe(':\n\n');
  await until('a ping has come', async () => pings);
  abort.abort();
  socket.terminate();
}, 20_000);

describe('who does not read', () => {
  const wide = `subscription ($id: ID!) { caseChanged(id: $id, afterSequence: "0") { sequence case { ${Array.from(
    { length: 25 },
    (_, i) => `a${i}: timeline(first: 100) { nodes { id type summary actor recordedAt } }`,
  ).join(' ')} } } }`;

  let id: string;
  beforeAll(async () => {
    [id] = (await openCases(1)) as [string];
    for (let i = 0; i < 70; i++) await note(id);
  }, 60_000);

  it('is cut off a socket with a reason, and the gateway keeps no more than fits', async () => {
    const before = world.slow();
    const socket = await connected();
    const closed = new Promise<{ code: number; reason: string }>((done) =>
      socket.once('close', (code, reason) => done({ code, reason: String(reason) })),
    );
    socket.pause();
    const heap = process.memoryUsage().heapUsed + process.memoryUsage().external;
    for (let i = 0; i < 16; i++)
      socket.send(JSON.stringify({ id: String(i), type: 'subscribe', payload: { query: wide, variables: { id } } }));
    await until('it is cut off', async () => world.slow() > before, 30_000);
    expect(process.memoryUsage().heapUsed + process.memoryUsage().external - heap).toBeLessThan(150_000_000);
    socket.resume();
    expect(await closed).toEqual({ code: 4410, reason: expect.stringContaining('Too slow') });
  }, 60_000);

  it('is cut off an event stream', async () => {
    const before = world.slow();
    const response = await fetch(`${world.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.token(['auditor'])}` },
      body: JSON.stringify({ query: wide, variables: { id } }),
    });
    await until('it is cut off', async () => world.slow() > before, 30_000);
    await expect(response.text()).rejects.toThrow();
  }, 60_000);
});
