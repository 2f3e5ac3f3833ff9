import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../../src/store/sqlite/file/migrate.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A command that runs. */
export interface RunningCli {
  child: ChildProcess;
  /** Resolves with the match when standard output has it. @throws Error with what was said when the process ends before */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  result: Promise<CliResult>;
}

/** Where a test's files are: a folder of articles and a database, both not there yet. */
export interface Place {
  root: string;
  content: string;
  /** The environment that points the command at the two. */
  env: Record<string, string>;
  databaseUrl: string;
  write(path: string, text: string): void;
  delete(path: string): void;
  remove(): void;
}

export function createPlace(): Place {
  const root = mkdtempSync(join(tmpdir(), 'gateway-cli-'));
  const content = join(root, 'articles');
  const databaseUrl = `file:${join(root, 'data', 'gateway.db')}`;
  return {
    root,
    content,
    databaseUrl,
    env: { CONTENT_DIR: content, DATABASE_URL: databaseUrl },
    write(path, text) {
      mkdirSync(dirname(join(content, path)), { recursive: true });
      writeFileSync(join(content, path), text);
    },
    delete: (path) => rmSync(join(content, path)),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Three good articles that share a provider and a topic. */
export function writeArticles({ write }: Place): void {
  for (const [index, name] of ['larch', 'rowan', 'alder'].entries()) {
    write(
      `trees/${name}.md`,
      [
        '---',
        `title: The ${name} by the gate`,
        `publishedDateTime: 2025-03-0${index + 1}T08:00:00Z`,
        'provider: { name: Hedge Notes, domain: hedge.example }',
        'topics: [Trees]',
        '---',
        `What the ${name} did this winter.`,
        '',
      ].join('\n'),
    );
  }
}

/** Loads the place's articles without the command, as a test's beginning. */
export async function loadArticles({ content, databaseUrl }: Place): Promise<void> {
  await migrate(databaseUrl);
  await syncContent({ folder: content, databaseUrl });
}

/** Starts the real command, without the variables of whoever runs the tests. */
export function startCli(
  args: readonly string[],
  env: Record<string, string> = {},
  cwd = projectRoot,
): RunningCli {
  const main = join(projectRoot, 'src/cli/main.ts');
  return startProcess(process.execPath, ['--import', import.meta.resolve('tsx'), main, ...args], env, cwd);
}

export function runCli(args: readonly string[], env: Record<string, string> = {}): Promise<CliResult> {
  return startCli(args, env).result;
}

export function startProcess(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
  cwd = projectRoot,
): RunningCli {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(command, args, {
    cwd,
    env: { PATH, HOME, TMPDIR, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      child.emit('said');
    });
  }
  const result = once(child, 'close').then(([code]): CliResult => ({ code, ...said }));
  return {
    child,
    result,
    says(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(said.stdout);
          if (match) resolve(match);
        };
        child.on('said', look);
        result.then(({ code }) => reject(new Error(`Ended with ${code}.\n${said.stdout}\n${said.stderr}`)));
        look();
      });
    },
  };
}

/** The processes that this one has started to answer requests, told by what cluster gives them in their environment. */
export function findWorkers(primary: number | undefined): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const [, parent] = /^\d+ \(.*\) \S (\d+)/su.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
        if (Number(parent) !== primary) return false;
        return readFileSync(`/proc/${name}/environ`, 'utf8').includes('NODE_UNIQUE_ID=');
      } catch {
        // It has ended meanwhile.
        return false;
      }
    })
    .map(Number);
}
