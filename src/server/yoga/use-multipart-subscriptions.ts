import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { header } from '../http/exchange.ts';
import type { ServerContext } from './asked-request.ts';

const BOUNDARY = 'graphql';
const MEDIA_TYPE = `multipart/mixed;boundary="${BOUNDARY}";subscriptionSpec=1.0`;
/** How long nothing is sent before a heartbeat is: half of what proxies commonly wait for. */
const HEARTBEAT_MS = 12_000;

type Results = AsyncIterable<ExecutionResult>;

/**
 * Sends subscriptions as parts of a multipart body to clients that ask for them so, as Apollo's do unless they are told
 * otherwise. Those that name server-sent events too get these.
 * https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol
 */
export function useMultipartSubscriptions(): Plugin<object, ServerContext> {
  return {
    onResultProcess({ result, serverContext, setResultProcessor }) {
      const { request } = (serverContext as ServerContext).state.asked;
      if (!isAsyncIterable(result) || !wantsParts(header(request, 'accept') ?? '')) return;
      setResultProcessor(
        (results, { Response, ReadableStream }) =>
          new Response(new ReadableStream(sendParts(results as Results), { highWaterMark: 0 }), {
            headers: { 'content-type': MEDIA_TYPE },
          }),
        'multipart/mixed',
      );
    },
  };
}

function wantsParts(accept: string): boolean {
  const ranges = accept.toLowerCase().split(',');
  if (ranges.some((range) => /^\s*text\/event-stream\b/.test(range))) return false;
  return ranges.some(
    (range) =>
      /^\s*multipart\/mixed\s*;/.test(range) &&
      /;\s*subscriptionspec\s*=\s*"?1\.0"?\s*(;|$)/.test(range) &&
      !/;\s*q\s*=\s*0(\.0*)?\s*(;|$)/.test(range),
  );
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

/**
 * The body, made only as far as it is read. Each part ends with the next delimiter, without which clients cannot tell
 * that it is whole.
 */
function sendParts(results: Results): UnderlyingDefaultSource<Uint8Array> {
  const iterator = results[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let heartbeat: NodeJS.Timeout | null = null;
  const stop = () => clearInterval(heartbeat ?? undefined);
  const send = (controller: Controller, text: string) => controller.enqueue(encoder.encode(text));

  return {
    async pull(controller: Controller) {
      if (heartbeat === null) {
        heartbeat = setInterval(() => {
          // Nobody has taken the last one yet, so there is no need of another.
          if (controller.desiredSize === 0) send(controller, part('{}'));
        }, HEARTBEAT_MS).unref();
        send(controller, `\r\n--${BOUNDARY}${part('{}')}`);
        return;
      }
      try {
        const { done, value } = await iterator.next();
        if (!done) {
          send(controller, part(`{"payload":${toJson(value)}}`));
          return;
        }
        stop();
        send(controller, '--\r\n');
        controller.close();
      } catch (error) {
        stop();
        controller.error(error);
      }
    },
    async cancel() {
      stop();
      await iterator.return?.();
    },
  };
}

function part(json: string): string {
  return `\r\ncontent-type: application/json\r\n\r\n${json}\r\n--${BOUNDARY}`;
}

/** The result as clients get it: what an error says to HTTP is not for them. */
function toJson(result: ExecutionResult & { stringify?: (result: ExecutionResult) => string }): string {
  if (!result.errors) return (result.stringify ?? JSON.stringify)(result);
  const errors = result.errors.map((error) => {
    const { extensions, ...rest } = error.toJSON();
    const { http: _, ...open } = extensions ?? {};
    return { ...rest, extensions: open };
  });
  const { data, extensions } = result;
  return JSON.stringify({ ...(data !== undefined && { data }), errors, extensions });
}
