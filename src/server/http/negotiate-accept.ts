import Negotiator from 'negotiator';

const JSON_TYPES = ['application/json', 'application/graphql-response+json'] as const;
const STREAM_TYPES = ['text/event-stream', 'multipart/mixed'] as const;

export type JsonType = (typeof JSON_TYPES)[number];

/** What a client accepts, by the kind of answer: which one it gets is known once the operation is. */
export interface Accepted {
  /** For a result; null when JSON is not accepted. */
  json: JsonType | null;
  /** For a stream of results; null when none is accepted. */
  stream: (typeof STREAM_TYPES)[number] | null;
}

const EVERYTHING: Accepted = { json: 'application/json', stream: 'text/event-stream' };

/** Headers that are remembered. Clients send few spellings; whoever sends many pays for the parsing. */
const MAX_REMEMBERED = 500;
const MAX_REMEMBERED_LENGTH = 500;

/** Reads `Accept` as RFC 9110 has it (section 12.5.1), weights included. A function with a memory of its own. */
export function createAcceptReader(): (accept: string | undefined) => Accepted {
  const remembered = new Map<string, Accepted>();
  return (accept) => {
    if (accept === undefined || accept === '*/*') return EVERYTHING;
    const known = remembered.get(accept);
    if (known) return known;
    const accepted = negotiate(accept);
    if (remembered.size < MAX_REMEMBERED && accept.length <= MAX_REMEMBERED_LENGTH) {
      remembered.set(accept, accepted);
    }
    return accepted;
  };
}

function negotiate(accept: string): Accepted {
  // All that is sent is UTF-8, and the parameters of multipart are its protocol's.
  const plain = accept
    .replace(/;\s*charset\s*=\s*"?utf-?8"?/giu, '')
    .replace(/(multipart\/mixed)((?:;(?!\s*q\s*=)[^;,]*)+)/giu, '$1');
  const negotiator = new Negotiator({ headers: { accept: plain } });
  return {
    json: (negotiator.mediaType([...JSON_TYPES]) as JsonType | undefined) ?? null,
    // Of the two, server-sent events have the standard.
    stream: STREAM_TYPES.find((type) => negotiator.mediaTypes([...STREAM_TYPES]).includes(type)) ?? null,
  };
}
