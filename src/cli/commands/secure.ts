import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { GatewayConfig } from '../../config/load-config.ts';
import { MAX_TEXT_BYTES, sealSecured } from '../../graphql/texts/secured-text.ts';
import type { Terminal } from '../output/terminal.ts';
import { type ExitCode, exitCodes } from '../process/exit-codes.ts';
import { RefusalError } from '../process/explain-failure.ts';

export interface SecureOptions {
  /** The text's file; standard input when it is left out or `-`. */
  file?: string | undefined;
}

/**
 * Encrypts a text for entitled readers and prints the line of front matter that holds it. The text is taken byte for
 * byte; nothing of it or of the key is printed.
 * @throws RefusalError when there is no key, or the text cannot be read or sealed
 */
export async function secure(
  { securedKey }: Pick<GatewayConfig, 'securedKey'>,
  { file }: SecureOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (securedKey === null) {
    throw new RefusalError(
      'SECURED_KEY is not set.',
      "Set it to 32 random bytes in hex, and keep them: node -e \"console.log(require('node:crypto').randomBytes(32).toString('hex'))\"",
    );
  }
  const isInput = file === undefined || file === '-';
  if (isInput && process.stdin.isTTY)
    terminal.note('Type the text and finish with Ctrl-D on a line of its own.');
  const bytes = await readText(isInput ? process.stdin : createReadStream(file));
  if (bytes.length === 0) throw new RefusalError('The text is empty.');
  if (!isUtf8(bytes)) throw new RefusalError('The text is not UTF-8.');
  const secured = sealSecured(bytes.toString('utf8'), securedKey);
  terminal.print(`secured: "${secured}"`);
  terminal.json({ secured, exitCode: exitCodes.ok });
  return exitCodes.ok;
}

/** Reads no further than a text may go on. */
async function readText(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_TEXT_BYTES) break;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new RefusalError(`The text cannot be read (${code}).`);
  }
  if (length > MAX_TEXT_BYTES) {
    throw new RefusalError(`The text is longer than ${MAX_TEXT_BYTES.toLocaleString('en')} bytes.`);
  }
  return Buffer.concat(chunks);
}
