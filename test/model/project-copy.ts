import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const original = fileURLToPath(new URL('../../', import.meta.url));
const generated = join('src', 'generated');
const copied = [
  ...['src', 'prisma', 'scripts', 'package.json', 'package-lock.json'],
  ...['prisma.config.ts', 'tsconfig.json', 'tsconfig.build.json'],
];

/** A copy of the project that a test may change. Nothing in it is generated yet; the dependencies are the project's own. */
export interface ProjectCopy {
  root: string;
  /** Writes a file that is not there, or replaces a text in one that is. Both are counted. @throws when it is not so */
  add(path: string, text: string): void;
  change(path: string, before: string, after: string): void;
  /** How many lines were added to each file, by its path. */
  added(): Record<string, number>;
  /** Runs a line of shell. Resolves with what it wrote; rejects, with all of that, when it fails. */
  run(command: string, env?: Record<string, string>): Promise<string>;
  remove(): void;
}

export function copyProject(): ProjectCopy {
  const root = mkdtempSync(join(tmpdir(), 'gateway-project-'));
  for (const name of copied) {
    const isOurs = (path: string) => !path.includes(`${sep}${generated}`);
    cpSync(join(original, name), join(root, name), { recursive: true, filter: isOurs });
  }
  symlinkSync(join(original, 'node_modules'), join(root, 'node_modules'));
  const lines = new Map<string, number>();
  const count = (path: string, added: number) => lines.set(path, (lines.get(path) ?? 0) + added);

  return {
    root,
    add(path, text) {
      if (existsSync(join(root, path))) throw new Error(`${path} is there already.`);
      writeFileSync(join(root, path), text);
      count(path, linesOf(text).length);
    },
    change(path, before, after) {
      const text = readFileSync(join(root, path), 'utf8');
      if (text.split(before).length !== 2) throw new Error(`${path} does not have ${before} once.`);
      writeFileSync(
        join(root, path),
        text.replace(before, () => after),
      );
      const known = linesOf(before);
      count(path, linesOf(after).filter((line) => !known.includes(line)).length);
    },
    added: () => Object.fromEntries(lines),
    async run(command, env = {}) {
      const { PATH, HOME, TMPDIR } = process.env;
      try {
        const { stdout, stderr } = await promisify(execFile)('sh', ['-ec', command], {
          cwd: root,
          env: { PATH, HOME, TMPDIR, ...env },
        });
        return stdout + stderr;
      } catch (error) {
        const { stdout, stderr } = error as { stdout?: string; stderr?: string };
        throw new Error(`${command}\n${stdout ?? ''}${stderr ?? ''}`, { cause: error });
      }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
