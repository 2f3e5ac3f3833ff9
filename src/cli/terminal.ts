import { randomBytes } from 'node:crypto';
import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import { escapeControls } from '../content/escape-controls.ts';
import { escapeJson } from '../server/escape-log.ts';

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
export function createTerminal({ json = false, quiet = false }: TerminalOptions = {}): Terminal {
  const { stdout, stderr } = process;
  const { paint, render } = createPainter(hasColours(stdout));
  return {
    isJson: json,
    isQuiet: quiet,
    print: (text) => {
      if (!json) stdout.write(`${render(text)}\n`);
    },
    json: (value) => {
      if (json) stdout.write(`${escapeJson(JSON.stringify(value, null, 2))}\n`);
    },
    note: (text) => {
      if (!quiet) stderr.write(`${render(text)}\n`);
    },
    warn: (text) => {
      stderr.write(`${render(text)}\n`);
    },
    paint,
    errorStream: stderr,
  };
}

/**
 * Colours are marks until a text is printed: what else is in it then is escaped, and nobody but this process knows the marks.
 */
export function createPainter(hasColour: boolean): {
  paint: Terminal['paint'];
  render(text: string): string;
} {
  const secret = randomBytes(12).toString('hex');
  const painted = new RegExp(`<${secret} (\\w+)>|</${secret}>`, 'g');
  const codes = (style: Style) => styleText(style, '|', { validateStream: false }).split('|');
  return {
    paint: (style, text) => (hasColour ? `<${secret} ${style}>${text}</${secret}>` : text),
    render(text) {
      const open: Style[] = [];
      return escapeLines(text).replace(painted, (_, style?: Style) => {
        if (style !== undefined) {
          open.push(style);
          return codes(style)[0] ?? '';
        }
        const last = open.pop();
        return (last && codes(last)[1]) ?? '';
      });
    },
  };
}

/** Lines are what commands print; a text of a file or a client has none by then. */
function escapeLines(text: string): string {
  return text.split('\n').map(escapeControls).join('\n');
}

/** Node looks at NO_COLOR, FORCE_COLOR and TERM itself: https://nodejs.org/api/tty.html#writestreamgetcolordepthenv */
function hasColours(stream: Partial<WriteStream>): boolean {
  return stream.isTTY === true && stream.hasColors?.() === true;
}
