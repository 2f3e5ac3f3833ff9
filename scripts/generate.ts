// Runs `prisma generate` when what it made is older than the data model: node --import tsx scripts/generate.ts
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fillPrismaSchema } from './lib/fill-prisma-schema.ts';

const root = new URL('../', import.meta.url);
const stamp = new URL('src/generated/stamp', root);
const inputs = [
  'prisma/schema.prisma',
  'prisma.config.ts',
  'scripts/generate-read-model.ts',
  'package-lock.json',
];

const schema = readFileSync(new URL('prisma/schema.prisma', root), 'utf8');
if (fillPrismaSchema(schema) !== schema) {
  console.error(
    'prisma/schema.prisma is not what src/model says. Run `npm run schema` and, where tables differ,\n' +
      '`node --import tsx scripts/generate-migrations.ts <name>`; commit what they write.',
  );
  process.exit(1);
}

const digest = createHash('sha256');
for (const path of inputs) digest.update(readFileSync(new URL(path, root)));
const expected = digest.digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== expected) {
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
  try {
    execFileSync(process.execPath, [prisma, 'generate'], { cwd: root, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    console.error(`prisma generate failed.\n${stdout ?? ''}${stderr ?? ''}`);
    process.exit(1);
  }
  mkdirSync(new URL('./', stamp), { recursive: true });
  writeFileSync(stamp, expected);
}
