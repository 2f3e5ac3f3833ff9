import SchemaBuilder from '@pothos/core';
import PrismaPlugin, { type PothosPrismaDatamodel, type PrismaTypesFromClient } from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import { DateTimeResolver, URLResolver } from 'graphql-scalars';
import type { PrismaClient } from '../../../src/generated/prisma/client.ts';

/** The usual Pothos builder on Prisma: its Prisma and Relay plugins and two scalars. */
export function createBaselineBuilder(client: PrismaClient, dmmf: PothosPrismaDatamodel) {
  const builder = new SchemaBuilder<{
    PrismaTypes: PrismaTypesFromClient<PrismaClient>;
    Scalars: {
      DateTime: { Input: Date; Output: Date };
      URL: { Input: URL; Output: string };
    };
  }>({
    plugins: [PrismaPlugin, RelayPlugin],
    prisma: { client, dmmf },
  });
  builder.addScalarType('DateTime', DateTimeResolver);
  builder.addScalarType('URL', URLResolver);
  return builder;
}

export type BaselineBuilder = ReturnType<typeof createBaselineBuilder>;
