import type { YogaServerInstance } from 'graphql-yoga';
import type { Accepted } from '../http/negotiate-accept.ts';
import { notAcceptable, tooManyStreams } from '../http/refusals.ts';
import type { Answered, AskedRequest, Outcome, ServerContext } from './asked-request.ts';
import { ENDPOINT } from './create-yoga.ts';

/** Headers that GraphQL itself asks for. */
export const ANSWER_HEADERS = ['allow', 'retry-after', 'www-authenticate'] as const;

// Only what Yoga looks at: the method, and what the client accepts. The body is read by our own parser.
const url = `http://gateway.invalid${ENDPOINT}`;

/** Parses, validates and executes an operation by Yoga. @throws a coded error when it is to be answered by none of Yoga's */
export async function answerByYoga(
  yoga: YogaServerInstance<ServerContext, object>,
  asked: AskedRequest,
  outcome: Outcome,
  accepted: Accepted,
): Promise<Answered> {
  const request = new yoga.fetchAPI.Request(url, {
    method: asked.request.method,
    headers: { accept: acceptFor(accepted) },
  });
  const response = await yoga.handleRequest(request, { state: { asked, outcome } });
  return readResponse(response, asked, outcome);
}

/** Results are JSON wherever JSON is accepted: what else is named is for streams. */
function acceptFor({ json, stream }: Accepted): string {
  return [json, stream].filter((type) => type !== null).join(', ');
}

const STREAMS = /^(text\/event-stream|multipart\/mixed)/;

async function readResponse(response: Response, asked: AskedRequest, outcome: Outcome): Promise<Answered> {
  const { slot } = asked;
  if (slot.refused) throw tooManyStreams(slot.refused);
  // Not Yoga's own 406: its header repeats our media types for each one that the client names.
  if (response.status === 406) throw notAcceptable();
  const contentType = response.headers.get('content-type') ?? 'application/json; charset=utf-8';
  const headers: string[] = [];
  for (const name of ANSWER_HEADERS) {
    const value = response.headers.get(name);
    if (value !== null) headers.push(name, value);
  }
  const isStream = STREAMS.test(contentType) && response.body !== null;
  if (isStream && !slot.take() && slot.refused) throw tooManyStreams(slot.refused);
  const end = () => endOperation(asked, outcome);
  const body = isStream ? openStream(response, end) : Buffer.from(await response.text());
  if (!isStream) end();
  return { status: response.status, contentType, headers, body };
}

/** The parts of a stream, which counts as open until it ends or its reader leaves. */
function openStream(response: Response, end: () => void): AsyncIterableIterator<Uint8Array> {
  // Yoga's own ReadableStream, which is no instance of Node's; all that both are is iterable.
  const body = response.body as unknown as AsyncIterable<Uint8Array>;
  let parts: AsyncIterator<Uint8Array> | null = null;
  // No generator: its return() waits for the part under way, which may never come.
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      parts ??= body[Symbol.asyncIterator]();
      try {
        const part = await parts.next();
        if (part.done) end();
        return part;
      } catch (error) {
        end();
        throw error;
      }
    },
    async return() {
      end();
      // A stream of Yoga that nobody has read yet cannot be cancelled without an error, and need not be.
      parts?.return?.().catch(() => undefined);
      return { done: true, value: undefined };
    },
  };
}

/** Ends what the operation still has open. Can be called again. */
export function endOperation({ slot }: AskedRequest, { results }: Outcome): void {
  slot.release();
  results?.return?.().catch(() => undefined);
}
