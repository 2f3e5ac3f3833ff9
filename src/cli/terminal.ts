import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';

/** Where a command's words go: data to standard output, everything else to standard error. */
export interface Terminal {
  /** Prints only the one JSON object that `json` is given. */
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  /** The result for people; nothing in JSON mode. */
  print(text: string): void;
  /** The result for programs; nothing when not in JSON mode. */
  json(value: object): void;
  /** What is good to know: nothing with --quiet. */
  note(text: string): void;
  /** What must be known. */
  warn(text: string): void;
  /** Colours text for standard output. */
  paint(style: Style, text: string): string;
  readonly errorStream: NodeJS.WriteStream;
}

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';

export interface TerminalOptions {
  json?: boolean;
  quiet?: boolean;
}

/** The process's own standard output and error. Colours only on a terminal that has them and not under NO_COLOR. */
export function createTerminal({ json = false, quiet = false }: TerminalOptions): Terminal {
  const { stdout, stderr } = process;
  const hasColour = hasColours(stdout);
  return {
    isJson: json,
    isQuiet: quiet,
    print: (text) => {
      if (!json) stdout.write(`${text}\n`);
    },
    json: (value) => {
      if (json) stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    note: (text) => {
      if (!quiet) stderr.write(`${text}\n`);
    },
    warn: (text) => {
      stderr.write(`${text}\n`);
    },
    paint: (style, text) => (hasColour ? styleText(style, text, { validateStream: false }) : text),
    errorStream: stderr,
  };
}

/** Node looks at NO_COLOR, FORCE_COLOR and TERM itself: https://nodejs.org/api/tty.html#writestreamgetcolordepthenv */
function hasColours(stream: Partial<WriteStream>): boolean {
  return stream.isTTY === true && stream.hasColors?.() === true;
}
