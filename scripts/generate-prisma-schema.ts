// Writes the parts of prisma/schema.prisma that follow from src/model: node --import tsx scripts/generate-prisma-schema.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { fillPrismaSchema } from './lib/fill-prisma-schema.ts';

const path = new URL('../prisma/schema.prisma', import.meta.url);
writeFileSync(path, fillPrismaSchema(readFileSync(path, 'utf8')));
