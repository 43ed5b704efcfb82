// The subscribers' end of the sockets, in a process of its own: it notes how long each change was under way since it was recorded.
import WebSocket from 'ws';

export interface Subscriber {
  token: string;
  caseId: string;
}
const query =
  'subscription ($id: ID!) { caseChanged(id: $id) { sequence cause { type } entry { type summary recordedAt } case { ref stage status version daysPastDue assignee } } }';

let delays: number[] = [];
let sockets: WebSocket[] = [];
let faults = 0;

function open(url: string, { token, caseId }: Subscriber): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  return new Promise((done, failed) => {
    socket.once('error', failed);
    socket.on('close', () => faults++);
    socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'connection_ack') {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables: { id: caseId } } }));
        done(socket);
      } else if (message.type === 'next' && message.payload.data)
        delays.push(Date.now() - Date.parse(message.payload.data.caseChanged.entry.recordedAt));
      else if (message.type !== 'ping') faults++;
    });
  });
}

const at = (sorted: number[], share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

process.on('message', async (asked: { open: Subscriber[]; url: string } | { ask: 'count' | 'figures' | 'stop' }) => {
  if ('open' in asked) {
    for (let i = 0; i < asked.open.length; i += 50)
      sockets.push(...(await Promise.all(asked.open.slice(i, i + 50).map((each) => open(asked.url, each)))));
    process.send!({ opened: sockets.length });
  } else if (asked.ask === 'count') process.send!({ count: delays.length });
  else if (asked.ask === 'figures') {
    delays.sort((a, b) => a - b);
    process.send!({ count: delays.length, p50: at(delays, 0.5), p99: at(delays, 0.99), most: delays.at(-1) ?? 0, faults });
    delays = [];
  } else {
    sockets.forEach((each) => each.terminate());
    sockets = [];
    process.disconnect();
  }
});
process.once('disconnect', () => process.exit()); // also when the bench is interrupted
