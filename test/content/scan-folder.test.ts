import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ContentFolderError } from '../../src/content/read/content-folder-error.ts';
import { MAX_FILE_SIZE, readArticleFile } from '../../src/content/read/read-article-file.ts';
import { scanFolder } from '../../src/content/read/scan-folder.ts';
import { createTempFolder } from './temp-folder.ts';

const scan = async (root: string) => {
  const { files, problems } = await scanFolder(root);
  return {
    paths: files.map((file) => file.path),
    problems: problems.map((problem) => [problem.path, problem.code, problem.severity]),
  };
};
const only = async (root: string) => {
  const [file] = (await scanFolder(root)).files;
  if (file === undefined) throw new Error('no file was found');
  return file;
};

describe('scanFolder', () => {
  it('finds .md, .markdown and .txt in any case and depth, in the order of code points', async () => {
    const names = ['A.MD', 'a.md', 'a/b/c/d.Markdown', 'a/z.txt', 'a0.md', 'é.md', '\uffee.md', '😀.md'];
    using folder = createTempFolder(Object.fromEntries(names.toReversed().map((name) => [name, 'x'])));
    expect(await scan(folder.path)).toEqual({ paths: names, problems: [] });
    expect(await only(folder.path)).toEqual({ path: 'A.MD', size: 1, mtimeMs: expect.any(Number) });
  });

  it("passes over what is hidden, foreign, or an editor's own", async () => {
    const names = [
      '.a.md',
      '.git/a.md',
      'node_modules/a.md',
      'b/.obsidian/a.md',
      'a.md~',
      '.a.md.swp',
      '#a.md#',
      '.#a.md',
      'a.md.tmp',
    ].concat(['4913', '~$a.md', 'a~.md', 'a.png', 'a', 'md', 'a.md.bak']);
    using folder = createTempFolder(Object.fromEntries(names.map((name) => [name, 'x'])));
    expect(await scan(folder.path)).toEqual({ paths: [], problems: [] });
    expect((await scanFolder(folder.path)).unread).toEqual({
      "an editor's own": 2,
      'hidden (the name begins with a dot)': 5,
      node_modules: 1,
      'without an extension': 3,
      '.bak': 1,
      '.md#': 1,
      '.md~': 1,
      '.png': 1,
      '.tmp': 1,
    });
  });

  it("leaves a project's own papers alone at the top of the folder, unless there is nothing else", async () => {
    const papers = ['README.md', 'License.txt', 'CHANGELOG.markdown', 'contributing.md', 'robots.txt'].concat(
      ['CODE_OF_CONDUCT.md'],
    );
    const files = Object.fromEntries(
      [...papers, 'a.md', 'b/README.md', 'readme-first.md'].map((n) => [n, 'x']),
    );
    using folder = createTempFolder(files);
    const { paths } = await scan(folder.path);
    expect(paths).toEqual(['a.md', 'b/README.md', 'readme-first.md']);
    expect((await scanFolder(folder.path)).unread).toEqual({ 'README, LICENSE and the like': 6 });
    using alone = createTempFolder({ 'README.md': 'x' });
    expect((await scan(alone.path)).paths).toEqual(['README.md']);
  });

  it('leaves alone what .gatewayignore names, in the syntax of .gitignore', async () => {
    using folder = createTempFolder({
      '.gatewayignore': '# ours\n/private/\n*.draft.md\n!keep.draft.md\nnotes/**/old\n',
      'private/a.md': 'x',
      'b/private/a.md': 'x',
      'a.draft.md': 'x',
      'keep.draft.md': 'x',
      'notes/x/old/a.md': 'x',
      'a.md': 'x',
    });
    expect((await scan(folder.path)).paths).toEqual(['a.md', 'b/private/a.md', 'keep.draft.md']);
    expect((await scanFolder(folder.path)).unread).toEqual({
      'named in .gatewayignore': 3,
      'hidden (the name begins with a dot)': 1,
    });
  });

  it('refuses a folder whose .gatewayignore cannot be read, as what it names must not be served', async () => {
    using folder = createTempFolder({ '.gatewayignore': 'x'.repeat(70_000), 'a.md': 'x' });
    await expect(scanFolder(folder.path)).rejects.toThrow(/\.gatewayignore that cannot be read/);
  });

  it.each([
    [
      'a run of stars too many',
      'a.md\n\n# Old.\n/**/a/**/a/**/a/**/b\n',
      'line 4 has more than 2 times \\*\\*',
    ],
    ['a pattern too long', `a.md\r\n${'x'.repeat(1_001)}`, 'line 2 has more than 1000 characters'],
    ['patterns too many', 'a\n'.repeat(201), 'line 201 has a pattern beyond the first 200'],
    ['runs of stars too many', 'a/**/b/**/c\n'.repeat(76), 'with line 76 all have more than 150'],
  ])('refuses a .gatewayignore that may take long, with the line: %s', async (_, patterns, message) => {
    using folder = createTempFolder({ '.gatewayignore': patterns, 'a.md': 'x' });
    const started = performance.now();
    await expect(scanFolder(folder.path)).rejects.toThrow(new RegExp(`take too long.*: ${message}`));
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('takes bounded time for what a .gatewayignore may have, whatever the paths are', async () => {
    const letters = 'a'.repeat(250);
    const patterns = ['*a*a*a*a*a*b', '?*?*?*?*b', '*[ab]*[ab]*[ab]*c', 'a/**/a/**/b', '**/a/**/b'];
    using folder = createTempFolder({
      '.gatewayignore': patterns.join('\n'),
      [`${letters}.md`]: 'x',
      [`${'a/'.repeat(100)}a.md`]: 'x',
    });
    const started = process.cpuUsage();
    expect((await scan(folder.path)).paths).toHaveLength(2);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(500);
  });

  it('looks into a hundred folders in one another, and tells of deeper ones', async () => {
    using folder = createTempFolder({ [`${'a/'.repeat(100)}b.md`]: 'x', [`${'a/'.repeat(101)}c.md`]: 'x' });
    symlinkSync('a/'.repeat(101), `${folder.path}/down`);
    symlinkSync('a/'.repeat(90), `${folder.path}/half`);
    symlinkSync('half/'.concat('a/'.repeat(11)), `${folder.path}/round`);
    const { paths, problems } = await scan(folder.path);
    expect(paths.filter((path) => path.startsWith('a/'))).toHaveLength(1);
    expect(paths.filter((path) => /^(?:down|round)/u.test(path))).toEqual([]);
    const deep = `${'a/'.repeat(100)}a`;
    expect(problems).toEqual(
      [deep, 'down', `half/${'a/'.repeat(10)}a`, 'round'].map((path) => [path, 'TOO_DEEP', 'error']),
    );
  });

  it('takes little time for a chain of a thousand folders', async () => {
    using folder = createTempFolder({ 'a.md': 'x', 'b/c.md': 'x' });
    mkdirSync(`${folder.path}${'/d'.repeat(1_000)}`, { recursive: true });
    const started = performance.now();
    expect((await scan(folder.path)).paths).toEqual(['a.md', 'b/c.md']);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('follows links within the folder, and names those that leave it, lead nowhere or go round', async () => {
    using outside = createTempFolder({ 'secret.md': 'x', 'deep/secret.md': 'x' });
    using folder = createTempFolder({
      'real/a.md': 'text',
      'real/sub/b.md': 'x',
      'other/c.md': 'x',
      '.hidden/d.md': 'x',
    });
    const link = (target: string, name: string) => symlinkSync(target, `${folder.path}/${name}`);
    link('real/a.md', 'in.md');
    link('.hidden/d.md', 'shown.md');
    link('../other', 'real/linked');
    link(`${outside.path}/secret.md`, 'out.md');
    link(`${outside.path}/deep`, 'outdir');
    link('nowhere.md', 'broken.md');
    link('nowhere', 'broken');
    link('self.md', 'self.md');
    link('..', 'real/sub/up');
    link('.', 'dot');
    link('../real', 'other/back');
    const { paths, problems } = await scan(folder.path);
    expect(paths).toEqual([
      'in.md',
      'other/back/a.md',
      'other/back/sub/b.md',
      'other/c.md',
      'real/a.md',
      'real/linked/c.md',
      'real/sub/b.md',
      'shown.md',
    ]);
    expect(problems).toEqual([
      ['broken.md', 'LINK_BROKEN', 'error'],
      ['dot', 'LINK_CYCLE', 'error'],
      ['other/back/linked', 'LINK_NESTED', 'error'],
      ['other/back/sub/up', 'LINK_CYCLE', 'error'],
      ['out.md', 'LINK_OUTSIDE', 'error'],
      ['outdir', 'LINK_OUTSIDE', 'error'],
      ['real/linked/back', 'LINK_NESTED', 'error'],
      ['real/sub/up', 'LINK_CYCLE', 'error'],
      ['self.md', 'LINK_CYCLE', 'error'],
    ]);
    const linked = (await scanFolder(folder.path)).files.find((file) => file.path === 'in.md');
    expect(linked && readArticleFile(folder.path, linked)).toMatchObject({ kind: 'read', text: 'text' });
  });

  it('names pipes, sockets, folders and names that are no text, and opens none of them', async () => {
    using folder = createTempFolder({
      'x.md/inner.md': 'x',
      'good.md': 'x',
      'bad\nname.md': 'x',
      'bad\u001b[2J/a.md': 'x',
    });
    execFileSync('mkfifo', [`${folder.path}/pipe.md`]);
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.md')]),
      'x',
    );
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(`${folder.path}/socket.txt`, resolve));
    const { paths, problems } = await scan(folder.path);
    await new Promise((resolve) => server.close(resolve));
    expect(paths).toEqual(['good.md', 'x.md/inner.md']);
    expect(problems).toEqual([
      ['bad\nname.md', 'FILE_NAME_INVALID', 'error'],
      ['bad\u001b[2J', 'FILE_NAME_INVALID', 'error'],
      ['pipe.md', 'NOT_A_FILE', 'error'],
      ['socket.txt', 'NOT_A_FILE', 'error'],
      ['x.md', 'NOT_A_FILE', 'error'],
      ['\ufffd\ufffd.md', 'FILE_NAME_INVALID', 'error'],
    ]);
  });

  it('says what is wrong with the folder itself', async () => {
    using folder = createTempFolder({ 'file.md': 'x' });
    await expect(scanFolder(`${folder.path}/none`)).rejects.toMatchObject({
      name: 'ContentFolderError',
      reason: 'missing',
    });
    const notFolder = await scanFolder(`${folder.path}/file.md`).catch((error: unknown) => error);
    expect(notFolder).toBeInstanceOf(ContentFolderError);
    expect(notFolder).toMatchObject({ reason: 'not-a-folder', message: expect.stringContaining('file.md') });
    symlinkSync('loop', `${folder.path}/loop`);
    await expect(scanFolder(`${folder.path}/loop`)).rejects.toMatchObject({ reason: 'unreadable' });
  });

  it('names a folder and a file that it may not read', async () => {
    using folder = createTempFolder({ 'closed/a.md': 'x', 'b.md': 'x' });
    chmodSync(folder.path, 0o755);
    chmodSync(`${folder.path}/closed`, 0);
    chmodSync(`${folder.path}/b.md`, 0);
    // The superuser may read anything, so somebody else does the reading.
    const isSuperuser = process.geteuid?.() === 0;
    if (isSuperuser) process.seteuid?.(65_534);
    try {
      expect((await scan(folder.path)).problems).toEqual([['closed', 'UNREADABLE', 'error']]);
      expect(readArticleFile(folder.path, await only(folder.path))).toMatchObject({
        problem: { code: 'UNREADABLE', message: expect.stringContaining('EACCES') },
      });
      await expect(scanFolder(`${folder.path}/closed`)).rejects.toMatchObject({ reason: 'unreadable' });
    } finally {
      if (isSuperuser) process.seteuid?.(0);
      chmodSync(`${folder.path}/closed`, 0o700);
    }
  });

  it('takes a root that is a link', async () => {
    using folder = createTempFolder({ 'real/a.md': 'x' });
    symlinkSync('real', `${folder.path}/root`);
    expect((await scan(`${folder.path}/root`)).paths).toEqual(['a.md']);
  });
});

describe('readArticleFile', () => {
  it('gives the text without BOM and the digest of the bytes', async () => {
    using folder = createTempFolder({ 'a.md': '\ufeffabc' });
    const file = await only(folder.path);
    expect(readArticleFile(folder.path, file)).toEqual({
      kind: 'read',
      text: 'abc',
      size: 6,
      mtimeMs: file.mtimeMs,
      // printf '\xef\xbb\xbfabc' | sha256sum
      digest: '1c28dc3f1f804a1ad9c9b4b4cf5e2658d16ad4ed08e3020d04a8d2865018947c',
    });
  });

  it.each([
    ['a byte that is no UTF-8', Buffer.from([0x61, 0x0a, 0xff, 0x62]), 'NOT_UTF8', 2],
    ['Latin-1', Buffer.from('line\ncaf\u00e9\n', 'latin1'), 'NOT_UTF8', 2],
    ['a cut character', Buffer.from('é').subarray(0, 1), 'NOT_UTF8', 1],
    ['a surrogate in UTF-8', Buffer.from([0xed, 0xa0, 0x80]), 'NOT_UTF8', 1],
    ['UTF-16', Buffer.from('\ufefftext', 'utf16le'), 'NUL_BYTE', 1],
    ['a NUL byte', Buffer.from('a\nb\nc\0'), 'NUL_BYTE', 3],
    ['five megabytes', Buffer.alloc(MAX_FILE_SIZE + 1, 0x61), 'FILE_TOO_LARGE', null],
  ])('rejects %s', async (_name, bytes, code, line) => {
    using folder = createTempFolder({ 'a.md': bytes });
    expect(readArticleFile(folder.path, await only(folder.path))).toMatchObject({
      kind: 'rejected',
      problem: { code, line, path: 'a.md', severity: 'error' },
    });
  });

  it('accepts a file of exactly 4 MiB', async () => {
    using folder = createTempFolder({ 'a.md': Buffer.alloc(MAX_FILE_SIZE, 0x61) });
    expect(readArticleFile(folder.path, await only(folder.path)).kind).toBe('read');
  });

  it('does not follow what became a link, wait for what became a pipe, or read what became a folder', async () => {
    using folder = createTempFolder({ 'a.md': 'x', 'b.txt': 'secret' });
    const file = await only(folder.path);
    const path = `${folder.path}/a.md`;
    renameSync(path, `${folder.path}/c.md`);
    expect(readArticleFile(folder.path, file)).toEqual({ kind: 'gone' });
    symlinkSync('/etc/passwd', path);
    expect(readArticleFile(folder.path, file)).toMatchObject({ problem: { code: 'LINK_OUTSIDE' } });
    rmSync(path);
    execFileSync('mkfifo', [path]);
    expect(readArticleFile(folder.path, file)).toMatchObject({ problem: { code: 'NOT_A_FILE' } });
    rmSync(path);
    mkdirSync(path);
    expect(readArticleFile(folder.path, file)).toMatchObject({ problem: { code: 'NOT_A_FILE' } });
  });

  it('notices a file whose size is not what was read', async () => {
    // A file of /proc has size 0 and content: to the reader, one that grew.
    const file = { path: 'status', size: 0, mtimeMs: 0 };
    expect(readArticleFile('/proc/self', file)).toMatchObject({ kind: 'changing' });
  });

  // Where the system does not tell of open files, the path is looked at again.
  describe.each([
    ['as the system tells of open files', undefined],
    ['as the path tells', '/nowhere'],
  ])('does not leave the folder when one in it is swapped for a link, %s', (_name, openFiles) => {
    it('to something outside', async () => {
      using outside = createTempFolder({ 'deep/a.md': 'secret' });
      using folder = createTempFolder({ 'part/deep/a.md': 'x', 'b.md': 'x' });
      symlinkSync('part/deep/a.md', `${folder.path}/linked.md`);
      const { files } = await scanFolder(folder.path);
      expect(files.map((file) => readArticleFile(folder.path, file, openFiles))).toMatchObject(
        Array(3).fill({ kind: 'read', text: 'x' }),
      );
      renameSync(`${folder.path}/part`, `${folder.path}/before`);
      symlinkSync(outside.path, `${folder.path}/part`);
      const refused = { kind: 'rejected', digest: '', problem: { code: 'LINK_OUTSIDE' } };
      expect(files.map((file) => [file.path, readArticleFile(folder.path, file, openFiles)])).toMatchObject([
        ['b.md', { kind: 'read', text: 'x' }],
        ['linked.md', refused],
        ['part/deep/a.md', refused],
      ]);
    });

    it('to what is not read in it', async () => {
      using folder = createTempFolder({ 'part/a.md': 'x', '.hidden/a.md': 'secret' });
      const file = await only(folder.path);
      renameSync(`${folder.path}/part`, `${folder.path}/.before`);
      symlinkSync('.hidden', `${folder.path}/part`);
      expect(readArticleFile(folder.path, file, openFiles)).toMatchObject({ kind: 'changing' });
    });

    it('and takes a link to the folder itself for the folder', async () => {
      using folder = createTempFolder({ 'real/part/a.md': 'x' });
      symlinkSync('real', `${folder.path}/content`);
      const root = `${folder.path}/content`;
      expect(readArticleFile(root, await only(root), openFiles)).toMatchObject({ kind: 'read', text: 'x' });
    });
  });

  it('reads nothing from outside while a folder is swapped for a link and back again, all the time', async () => {
    using outside = createTempFolder({ 'a.md': 'secret' });
    using folder = createTempFolder({ 'part/a.md': 'x' });
    const file = await only(folder.path);
    symlinkSync(outside.path, `${folder.path}/link`);
    const swap = `
      const { renameSync } = require('node:fs');
      process.chdir(process.argv[1]);
      process.stdout.write('begun');
      for (;;) {
        renameSync('part', 'kept'); renameSync('link', 'part');
        renameSync('part', 'link'); renameSync('kept', 'part');
      }`;
    const swapper = spawn(process.execPath, ['-e', swap, folder.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const seen: Record<string, number> = {};
    try {
      await once(swapper.stdout, 'data');
      for (let times = 0; times < 40_000; times += 1) {
        const read = readArticleFile(folder.path, file);
        const what = read.kind === 'read' ? read.text : read.kind;
        seen[what] = (seen[what] ?? 0) + 1;
      }
    } finally {
      swapper.kill('SIGKILL');
      await once(swapper, 'close');
    }
    expect(seen).not.toHaveProperty('secret');
    // It was there at times, and not at others: else nothing was tried.
    expect(seen.x).toBeGreaterThan(100);
    expect(seen.rejected).toBeGreaterThan(100);
  }, 60_000);
});
