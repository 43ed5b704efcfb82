// The files of a new connector, as templates: all compile, and what is not known yet fails with words that say what to write.
import { fillIn, type NewPartner } from './partner.js';

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);
const toOf = (operation: string): string => `to${capital(operation)}`;

export function connectorFile({ kind, id, name, pascal }: NewPartner): string {
  const words = ['readCallback', 'toAnswer', 'toLookUp', ...kind.operations.map((each) => toOf(each.name))];
  if (kind.others.length) words.unshift('fillIn');
  return `// ${name} talks over HTTP. No retry, breaker or try/catch in sight: those wrap it.
import type { PartnerSettings } from '../../contract.js';
import type { ${kind.type} } from '../../contract/${kind.folder}.js';
import { createHttp } from '../../http.js';
import { ${words.join(', ')} } from './mapping.js';

export function create${pascal}(settings: PartnerSettings): ${kind.type} {
  const http = createHttp(settings);
  return {
    id: '${id}',
    kind: '${kind.word}',
    name: ${JSON.stringify(name)},
    operations: {
${kind.operations
  .map(
    (each) =>
      `      ${each.name}: async (order, call) => toAnswer(await http.send('POST', '/FILL-IN/${each.name}', call, ${toOf(each.name)}(order))),`,
  )
  .join('\n')}
    },
${kind.others.map((each) => `    ${each}: async () => fillIn(${JSON.stringify(`${each}: see the neighbours of this kind`)}),\n`).join('')}    lookUp: async (_operation, call) => toLookUp(await http.send('GET', \`/FILL-IN/deliveries/\${encodeURIComponent(call.deliveryId)}\`, call)),
    readCallback,
  };
}
`;
}

export function mappingFile({ kind, id, name }: NewPartner): string {
  const orders = [...new Set(kind.operations.map(({ order }) => order))].sort();
  return `// How ${name} says it. Each ${fillIn} is answered by its API document.
import type { ${orders.join(', ')} } from '../../contract/${kind.folder}.js';
import { publishedCallback, speech } from '../../words.js';

/** Goes when nothing is left to fill in. */
export const fillIn = (what: string): never => {
  throw new Error(\`${fillIn} connectors/${kind.folder}/${id}/mapping.ts: \${what}\`);
};

${kind.operations
  .map(
    ({ name: operation, order }) =>
      `export const ${toOf(operation)} = (_order: ${order}): object => fillIn(${JSON.stringify(`${toOf(operation)}, the body of ${operation} in its words`)});`,
  )
  .join('\n\n')}

export const { toAnswer, toLookUp, readCallback } = speech({
  // ${fillIn} the field of its answers that says yes or no, and its words for yes, no, and for a delivery that it never saw.
  status: { field: 'FILL IN status', yes: 'FILL IN yes', no: 'FILL IN no', unknown: 'FILL IN unknown' },
  ref: 'FILL IN ref',
  code: 'FILL IN code',
  reason: 'FILL IN reason',
  // As schema/partners/callbacks.yaml has them; else the names of its own fields.
  callback: publishedCallback,
  // ${fillIn} its words for what happens, and the gateway's; asPublished('…') where they are the same.
  types: { 'FILL IN': 'FILL IN' },
});
`;
}

const escaped = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export function documentFile({ kind, id, name }: NewPartner): string {
  const operations = kind.operations.map(
    ({ name: operation }) => `  /FILL-IN/${operation}:
    post:
      operationId: ${operation}
      summary: ${fillIn} what it does.
      parameters:
        - $ref: '#/components/parameters/IdempotencyKey'
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/${capital(operation)}'
      responses: ${operation === kind.operations[0]!.name ? '&answers' : '*answers'}
${
  operation === kind.operations[0]!.name
    ? `        '201':
          $ref: '#/components/responses/Accepted'
        '422':
          $ref: '#/components/responses/Refused'
        '401':
          description: 'No good token: nothing was done.'
        '409':
          description: The key was used with another body.
        '503':
          description: 'Not now: nothing was done.'
`
    : ''
}`,
  );
  return `# What the gateway asks of this partner. News comes back as callbacks.yaml says.
openapi: 3.1.0
info:
  title: ${escaped(name)}
  version: 1.0.0
  license:
    name: Apache-2.0
    identifier: Apache-2.0
  description: ${fillIn} in one sentence who this is.
servers:
  - url: https://api.${id}.example
security:
  - token: []
paths:
  /oauth/token:
    post:
      operationId: token
      summary: An access token by client credentials.
      security: []
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [grant_type, client_id, client_secret]
              properties:
                grant_type:
                  const: client_credentials
                client_id:
                  type: string
                client_secret:
                  type: string
      responses:
        '200':
          description: The token.
          content:
            application/json:
              schema:
                type: object
                required: [access_token, expires_in]
                properties:
                  access_token:
                    type: string
                  token_type:
                    const: Bearer
                  expires_in:
                    type: integer
                    description: Seconds.
        '401':
          description: The client is not known.
${operations.join('')}  /FILL-IN/deliveries/{deliveryId}:
    get:
      operationId: lookUp
      summary: What became of a delivery whose answer was lost.
      parameters:
        - name: deliveryId
          in: path
          required: true
          schema:
            type: string
      responses:
        '200':
          description: The first answer.
          content:
            application/json:
              schema:
                oneOf:
                  - $ref: '#/components/schemas/Accepted'
                  - $ref: '#/components/schemas/Refused'
        '404':
          description: Never seen.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/NotFound'
webhooks:
  news:
    post:
      operationId: news
      summary: What it tells the gateway at /callbacks/${id}, signed as callbacks.yaml says.
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: 'callbacks.yaml#/components/schemas/Callback'
      responses:
        '200':
          description: Recorded, or seen before.
        '4XX':
          description: See callbacks.yaml.
components:
  securitySchemes:
    token:
      type: http
      scheme: bearer
  parameters:
    IdempotencyKey:
      name: Idempotency-Key
      in: header
      required: true
      description: The delivery's id. The same key with the same body gets the first answer again; with another body it is a conflict.
      schema:
        type: string
        pattern: ^handoff_[0-9a-z]{16}$
  responses:
    Accepted:
      description: 'Taken on: an explicit yes.'
      content:
        application/json:
          schema:
            $ref: '#/components/schemas/Accepted'
    Refused:
      description: An explicit no.
      content:
        application/json:
          schema:
            $ref: '#/components/schemas/Refused'
  schemas:
    Accepted:
      type: object
      required: [FILL IN status, FILL IN ref]
      properties:
        FILL IN status:
          const: FILL IN yes
        FILL IN ref:
          type: string
          description: The partner's own number.
    Refused:
      type: object
      required: [FILL IN status, FILL IN code]
      properties:
        FILL IN status:
          const: FILL IN no
        FILL IN code:
          type: string
        FILL IN reason:
          type: string
    NotFound:
      type: object
      required: [FILL IN status]
      properties:
        FILL IN status:
          const: FILL IN unknown
${kind.operations
  .map(
    ({ name: operation }) => `    ${capital(operation)}:
      type: object
      description: ${fillIn} the fields of the body.
`,
  )
  .join('')}`;
}

export function simulatorFile({ kind, id, name, camel, port, refPrefix }: NewPartner): string {
  const said = kind.folder.replaceAll('-', ' ');
  return `// The side of the wire of ${name}, read anew from its API document and not from the connector.
import { plainCallback, type PartnerSpec } from '../spec.js';

export const ${camel}: PartnerSpec = {
  id: '${id}',
  name: ${JSON.stringify(name)},
  kind: '${capital(said)}',
  port: ${port},
  refPrefix: '${refPrefix}',
  callback: plainCallback,
  words: {
    status: 'FILL IN status',
    yes: 'FILL IN yes',
    no: 'FILL IN no',
    unknown: 'FILL IN unknown',
    ref: 'FILL IN ref',
    code: 'FILL IN code',
    reason: 'FILL IN reason',
  },
  operations: [
${kind.operations
  .map(
    ({ name: operation }) =>
      `    // ${fillIn} the fields without which it refuses.\n    { name: '${operation}', method: 'POST', path: /^\\/FILL-IN\\/${operation}$/, requires: ['FILL IN'] },`,
  )
  .join('\n')}
  ],
  lookUp: /^\\/FILL-IN\\/deliveries\\/([^/]+)$/,
  // ${fillIn} what it tells by itself after it took an order, by operation; and all that it may tell, in its usual order.
  says: {},
  steps: ['FILL IN'],
};
`;
}
