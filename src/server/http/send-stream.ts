import type { ServerResponse } from 'node:http';
import type { UnreadResponses } from './unread-responses.ts';

/**
 * Writes the parts of a stream as they come, no faster than the client reads them, and ends the response. When `stop`
 * aborts, it ends at once, in order but without the message `complete`: the operation is not, and clients of GraphQL over
 * Server-Sent Events connect again after an end without it.
 * https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
 * A part is made only when the client has room for it among the unread responses, where it counts until it is taken.
 * Resolves when nothing is left to be written; never rejects.
 */
export async function sendStream(
  response: ServerResponse,
  parts: AsyncIterable<Uint8Array>,
  stop: AbortSignal,
  { unreadResponses, client }: { unreadResponses: UnreadResponses; client: string },
): Promise<void> {
  const iterator = parts[Symbol.asyncIterator]();
  let isGone = false;
  // One function that is replaced, and no race of promises: each race would hang on for as long as the stream is open.
  let wake: () => void = () => undefined;
  const onStop = () => wake();
  const onClose = () => {
    isGone = true;
    wake();
  };
  const next = () =>
    new Promise<IteratorResult<Uint8Array> | null>((resolve, reject) => {
      wake = () => resolve(null);
      iterator.next().then(resolve, reject);
    });
  const wakened = (by: (resolve: () => void) => void) =>
    new Promise<void>((resolve) => {
      wake = resolve;
      by(resolve);
    });
  const drained = async (length: number) => {
    const letGo = unreadResponses.hold(client, length, () => response.destroy());
    await wakened((resolve) => response.once('drain', resolve));
    letGo();
  };

  stop.addEventListener('abort', onStop, { once: true });
  response.once('close', onClose);
  try {
    response.flushHeaders();
    while (!isGone && !stop.aborted) {
      if (unreadResponses.isFull(client)) {
        await wakened((resolve) => void unreadResponses.whenRoom(client).then(resolve));
        continue;
      }
      const step = await next();
      if (step?.done) {
        response.end();
        return;
      }
      if (!step) break;
      if (!response.write(step.value)) await drained(step.value.length);
    }
    void iterator.return?.().catch(() => undefined);
    // An event that is cut in two counts for nothing: https://html.spec.whatwg.org/multipage/server-sent-events.html
    if (!isGone) response.end();
  } catch {
    response.destroy();
  } finally {
    stop.removeEventListener('abort', onStop);
    response.off('close', onClose);
  }
}
