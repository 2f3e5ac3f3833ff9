import { connect } from 'node:net';

export interface RawResponse {
  /** 0 when the server closed the connection without an answer. */
  status: number;
  text: string;
  ms: number;
}

/**
 * Sends bytes over a socket of its own and gives what comes back until the server closes, the response's
 * `content-length` is there, or the time is up (then `ms` tells). For requests that no HTTP client would send.
 */
export function sendRaw(
  port: number,
  parts: readonly (string | Buffer)[],
  timeoutMs = 3_000,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
      const text = Buffer.concat(chunks).toString('latin1');
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
      resolve({ status, text, ms: performance.now() - started });
    };
    const timer = setTimeout(finish, timeoutMs);
    socket.on('connect', () => {
      for (const part of parts) socket.write(part);
    });
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (isWhole(Buffer.concat(chunks))) finish();
    });
    socket.on('close', finish);
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A server may hang up on bytes it will not read; what it said before counts.
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') finish();
      else reject(error);
    });
  });
}

function isWhole(bytes: Buffer): boolean {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const head = bytes.subarray(0, end).toString('latin1');
  if (/^HTTP\/1\.1 100/.test(head)) return false;
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  return length !== undefined ? bytes.length >= end + 4 + Number(length) : /^HTTP\/1\.1 (204|304)/.test(head);
}

/** A POST with JSON, as bytes. */
export function rawPost(body: string | Buffer, headers: readonly string[] = [], path = '/graphql'): Buffer {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
  const own = headers.some((line) => /^content-type:/i.test(line)) ? [] : ['content-type: application/json'];
  const lines = [
    `POST ${path} HTTP/1.1`,
    'host: localhost',
    ...own,
    `content-length: ${bytes.length}`,
    ...headers,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]);
}

/** A GET, as bytes. */
export function rawGet(path: string, headers: readonly string[] = []): string {
  return `${[`GET ${path} HTTP/1.1`, 'host: localhost', ...headers].join('\r\n')}\r\n\r\n`;
}
