// Baseline (b): the same schema the usual way, on Pothos with plugin-prisma and Yoga, over the same database file.
// node --import tsx scripts/bench/plugin-prisma-server.ts file:./data/gateway.db
import { pathToFileURL } from 'node:url';
import type { PothosPrismaDatamodel } from '@pothos/plugin-prisma';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { createYoga } from 'graphql-yoga';
import { PrismaClient } from '../../src/generated/prisma/client.ts';
import { createBaselineBuilder } from './baseline/builder.ts';
import { createBaselineSchema } from './baseline/schema.ts';
import { generateBaseline } from './generate-baseline.ts';
import { serveBench } from './lib/serve-bench.ts';

const [url, typesPath] = process.argv.slice(2);
if (!url) throw new Error('Which database? Give its file: URL.');

const types: { getDatamodel(): PothosPrismaDatamodel } = await import(
  pathToFileURL(typesPath ?? generateBaseline()).href
);
const client = new PrismaClient({ adapter: new PrismaLibSql({ url }) });
// As the gateway has it.
await client.$queryRawUnsafe('PRAGMA cache_size = -65536');
const schema = createBaselineSchema(createBaselineBuilder(client, types.getDatamodel()), client);
serveBench(createYoga({ schema, logging: false }));
