// A thread of render-threads.ts: renders one text at a time.
import { parentPort, workerData } from 'node:worker_threads';
import { HtmlTooLarge, type RenderedText, renderText } from '../../text/html/render-text.ts';
import { measureText, type TextMeasure } from '../../text/reading-time.ts';

/** A text to render. */
export interface RenderOrder {
  body: string;
  format: string;
}

/** What the thread is started with. */
export interface RenderSettings {
  /** As of embedRules. */
  embedHosts: readonly string[];
}

/** All that is made of a text. */
export type ReadyText = RenderedText & TextMeasure;

/** What the thread sends: that it has started, and for each order one answer. */
export type FromRenderThread =
  | { kind: 'started' }
  | { kind: 'ready'; text: ReadyText }
  | { kind: 'too-large' };

const port = parentPort;
if (!port) throw new Error('render-worker runs as a worker thread only.');

const { embedHosts } = workerData as RenderSettings;

const send = (message: FromRenderThread) => port.postMessage(message);

port.on('message', ({ body, format }: RenderOrder) => {
  try {
    const rendered = renderText(body, format, embedHosts);
    send({ kind: 'ready', text: { ...rendered, ...measureText(rendered.plainText) } });
  } catch (error) {
    if (!(error instanceof HtmlTooLarge)) throw error;
    send({ kind: 'too-large' });
  }
});
send({ kind: 'started' });
