import { randomBytes } from 'node:crypto';
import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import { escapeControls } from '../../content/problems/escape-controls.ts';
import { escapeJson } from '../../server/operations/escape-log.ts';

/** Where a command's words go: data to standard output, everything else to standard error. */
export interface Terminal {
  readonly isQuiet: boolean;
  /** The result for people, each argument a line whatever it holds; nothing in JSON mode. */
  print(...lines: string[]): void;
  /** The result for programs; nothing when not in JSON mode. */
  json(value: object): void;
  /** What is good to know: nothing with --quiet. */
  note(...lines: string[]): void;
  /** The essentials. */
  warn(...lines: string[]): void;
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
  const renderAll = (lines: readonly string[]) => lines.map((line) => `${render(line)}\n`).join('');
  return {
    isQuiet: quiet,
    print: (...lines) => {
      if (!json) stdout.write(renderAll(lines));
    },
    json: (value) => {
      if (json) stdout.write(`${escapeJson(JSON.stringify(value, null, 2))}\n`);
    },
    note: (...lines) => {
      if (!quiet) stderr.write(renderAll(lines));
    },
    warn: (...lines) => {
      stderr.write(renderAll(lines));
    },
    paint,
    errorStream: stderr,
  };
}

/**
 * Colours are marks until a line is printed: what else is in it then is escaped, and nobody but this process knows the marks.
 */
export function createPainter(hasColour: boolean): {
  paint: Terminal['paint'];
  render(line: string): string;
} {
  const secret = randomBytes(12).toString('hex');
  const painted = new RegExp(`<${secret} (\\w+)>|</${secret}>`, 'g');
  const codes = (style: Style) => styleText(style, '|', { validateStream: false }).split('|');
  return {
    paint: (style, text) => (hasColour ? `<${secret} ${style}>${text}</${secret}>` : text),
    render(line) {
      const open: Style[] = [];
      return escapeControls(line).replace(painted, (_, style?: Style) => {
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

/** Node looks at NO_COLOR, FORCE_COLOR and TERM itself: https://nodejs.org/api/tty.html#writestreamgetcolordepthenv */
function hasColours(stream: Partial<WriteStream>): boolean {
  return stream.isTTY === true && stream.hasColors?.() === true;
}
