import { buildSchema, GraphQLError, type GraphQLSchema } from 'graphql';
import { expect, test } from 'vitest';
import type { OwnModel } from '../../src/model/own-model.ts';
import { type ServedSchema, serveSchema } from '../../src/server/yoga/serve-schema.ts';
import type { ContentVersionRow } from '../../src/store/content-version.ts';

const modelOf = (...fields: string[]) =>
  JSON.stringify({
    fields: fields.map((name) => ({ name: name.replace('-', ''), isPublic: !name.startsWith('-') })),
  });

/** The committed model, and the one of the last look at it. */
function createIndex(first?: string) {
  const row = (model?: string) => ({ number: 1, ...(model !== undefined && { model }) }) as ContentVersionRow;
  let committed = row(first);
  let known = committed;
  return {
    commit(model?: string) {
      committed = row(model);
    },
    versions: {
      get current() {
        return known;
      },
      isCurrent: () => known === committed,
      async refresh() {
        known = committed;
        return known;
      },
    },
  };
}

/** Schemas that are told apart by the models they were made for. */
function serve(index: ReturnType<typeof createIndex>, failFor = '') {
  const made: { name: string; isOfIndex: () => Promise<boolean> }[] = [];
  const failures: unknown[] = [];
  const server = serveSchema({
    versions: index.versions,
    make({ fields }: OwnModel, isOfIndex) {
      const name = fields.map((field) => field.name).join('_') || 'none';
      if (name === failFor) throw new Error(`No schema for ${name}.`);
      made.push({ name, isOfIndex });
      return { schema: buildSchema(`type Query { ${name}: Int }`) } as ServedSchema;
    },
    onFailure: (error) => failures.push(error),
  });
  const fieldFor = (preview: boolean) =>
    fieldOf(server.current({ scopes: { preview, secured: false } }).schema);
  return { server, made, failures, fieldFor, field: () => fieldFor(false) };
}

function fieldOf(schema: GraphQLSchema): string {
  return Object.keys(schema.getQueryType()?.getFields() ?? {}).join();
}

test('the schema is that of the index, and is made once for each model', async () => {
  const index = createIndex();
  const { made, field } = serve(index);
  expect(field()).toBe('none');
  index.commit(modelOf('weight'));
  // Until somebody has looked the version up, the old one is served.
  expect(field()).toBe('none');
  await index.versions.refresh();
  expect(field()).toBe('weight');
  index.commit(modelOf('weight'));
  await index.versions.refresh();
  expect(field()).toBe('weight');
  expect(made.map(({ name }) => name)).toEqual(['none', 'weight']);
  index.commit();
  await index.versions.refresh();
  expect(field()).toBe('none');
});

test('what was begun with a schema learns that the index has another model, which nobody had looked up', async () => {
  const index = createIndex(modelOf('weight'));
  const { made, field } = serve(index);
  const [first] = made;
  expect(await first?.isOfIndex()).toBe(true);
  index.commit(modelOf('mood'));
  expect(await first?.isOfIndex()).toBe(false);
  expect(field()).toBe('mood');
});

test('a schema that cannot be made is told once, and requests are refused until there is another', async () => {
  const index = createIndex();
  const { failures, field } = serve(index, 'broken');
  index.commit(modelOf('broken'));
  await index.versions.refresh();
  for (let times = 0; times < 3; times += 1) expect(() => field()).toThrow(GraphQLError);
  expect(failures).toHaveLength(1);
  index.commit(modelOf('weight'));
  await index.versions.refresh();
  expect(field()).toBe('weight');
});

test('keys that are not public have a schema of their own, and come and go without a change for the public', async () => {
  const index = createIndex(modelOf('weight'));
  const { made, field, fieldFor } = serve(index);
  expect([field(), fieldFor(true)]).toEqual(['weight', 'weight']);
  index.commit(modelOf('weight', '-score'));
  await index.versions.refresh();
  expect([field(), fieldFor(true)]).toEqual(['weight', 'weight_score']);
  index.commit(modelOf('weight', '-notes'));
  await index.versions.refresh();
  expect([field(), fieldFor(true)]).toEqual(['weight', 'weight_notes']);
  expect(made.map(({ name }) => name)).toEqual(['weight', 'weight_score', 'weight_notes']);
  // What the public has begun goes on, and what was begun with a key that is gone does not.
  expect(await Promise.all(made.map(({ isOfIndex }) => isOfIndex()))).toEqual([true, false, true]);
  index.commit(modelOf('weight'));
  await index.versions.refresh();
  expect([field(), fieldFor(true)]).toEqual(['weight', 'weight']);
  expect(made).toHaveLength(3);
  index.commit(modelOf('mood', '-notes'));
  await index.versions.refresh();
  expect([field(), fieldFor(true)]).toEqual(['mood', 'mood_notes']);
  expect(await made[0]?.isOfIndex()).toBe(false);
});
