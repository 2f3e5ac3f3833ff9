import { GraphQLError } from 'graphql';
import {
  isObjectKey,
  isReferenceKey,
  isScalarKey,
  type OwnField,
  type OwnModel,
  termKinds,
} from '../../../src/model/own-model.ts';
import { objectTypeName, reverseName, rootFieldNames } from '../../../src/model/own-names.ts';
import { type ObjectRow, type ThingRow, thingField } from './own-world.ts';
import { connect, find, isLabel, list, type Resolver, seen } from './reference-lists.ts';
import type { ArticleRow } from './world.ts';

/** Resolvers by type and field. */
export type OwnResolvers = ReadonlyMap<string, ReadonlyMap<string, Resolver>>;

/** Answers the fields that the owner's keys add. Those of a private key throw for others than preview readers. */
export function ownResolvers(model: OwnModel): OwnResolvers {
  const query = new Map<string, Resolver>();
  const article = new Map<string, Resolver>();
  const resolvers = new Map([
    ['Query', query],
    ['Article', article],
  ]);
  for (const field of model.fields) {
    article.set(field.name, guard(field, resolverOf(field)));
    if (isReferenceKey(field)) {
      const back = reverseName(field.name);
      const read: Resolver = (row: ArticleRow, args, view) =>
        connect(row.back.get(back) ?? [], 'Article', args, view);
      article.set(back, guard(field, read));
    }
    if (isObjectKey(field)) {
      const parts = field.fields.map(({ name }): [string, Resolver] => [
        name,
        ({ values }: ObjectRow) => values.get(name) ?? null,
      ]);
      resolvers.set(objectTypeName(field), new Map(parts));
    }
  }
  for (const [kind, keys] of termKinds(model)) {
    const { one, many } = rootFieldNames(kind);
    query.set(many, (_, args, view) => connect(things(view.world.things, kind), kind, args, view));
    query.set(one, (_, args, view) => find(things(view.world.things, kind), view, isLabel(args)));
    const thing = new Map<string, Resolver>([
      ['id', ({ id }: ThingRow) => id],
      ['name', ({ name }: ThingRow) => name],
      ['slug', ({ slug }: ThingRow) => slug],
    ]);
    for (const key of keys) {
      const field = thingField(key, keys);
      const read: Resolver = (row: ThingRow, args, view) =>
        connect(row.back.get(field) ?? [], 'Article', args, view);
      thing.set(field, guard(key, read));
    }
    resolvers.set(kind, thing);
  }
  return resolvers;
}

function things(all: readonly ThingRow[], kind: string): ThingRow[] {
  return all.filter((row) => row.kind === kind);
}

function resolverOf(field: OwnField): Resolver {
  const { name } = field;
  if (isScalarKey(field)) return ({ record }: ArticleRow) => record.own.scalars.get(name) ?? null;
  const isOne = field.kind === 'term' || field.kind === 'article' || field.kind === 'object';
  if (isOne) return ({ own }: ArticleRow, _, view) => seen(own.get(name)?.[0], view);
  return ({ own }: ArticleRow, args, view) => list(own.get(name) ?? [], args, view);
}

function guard({ name, isPublic }: OwnField, read: Resolver): Resolver {
  if (isPublic) return read;
  return (row, args, view) => {
    if (!view.preview) throw new GraphQLError(`${name} is for preview readers.`);
    return read(row, args, view);
  };
}
