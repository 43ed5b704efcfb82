// The whole client: a document goes out by its id, and its answer comes back typed.
import type { TypedDocumentString } from './generated/graphql.js';

export interface Gateway {
  url: string;
  token: string;
  /** Sends the text as well: for a gateway where the document is not registered, as in `npm start`. */
  adHoc?: boolean;
}

export class GatewayFault extends Error {
  constructor(
    readonly code: string,
    readonly traceId: string | undefined,
    message: string,
  ) {
    super(message);
  }
}

/** @throws GatewayFault for what is in `errors`; what is in `userErrors` is part of the answer */
export async function ask<Answer, Variables>(
  { url, token, adHoc }: Gateway,
  document: TypedDocumentString<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  const documentId = (document.__meta__ as { hash: string }).hash;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ ...(adHoc ? { query: document.toString() } : { documentId }), variables }),
  });
  const { data, errors } = (await response.json()) as {
    data?: Answer;
    errors?: { message: string; extensions: { code: string; traceId?: string } }[];
  };
  const fault = errors?.[0];
  if (fault) throw new GatewayFault(fault.extensions.code, fault.extensions.traceId, fault.message);
  return data!;
}
