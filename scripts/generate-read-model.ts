// A Prisma generator: writes the tables, columns and joins of the data model as a typed module for the read engine.
import { writeFileSync } from 'node:fs';
import generatorHelper, { type DMMF } from '@prisma/generator-helper';

const { generatorHandler } = generatorHelper;

generatorHandler({
  onManifest: () => ({ prettyName: 'read model', defaultOutput: '../src/generated/read-model.ts' }),
  async onGenerate({ dmmf, generator }) {
    const path = generator.output?.value;
    if (!path) throw new Error('The readModel generator needs an output.');
    writeFileSync(path, renderReadModel(dmmf.datamodel.models));
  },
});

function renderReadModel(models: readonly DMMF.Model[]): string {
  const tables = Object.fromEntries(models.map((model) => [model.name, describeTable(model, models)]));
  return `// Written by scripts/generate-read-model.ts from prisma/schema.prisma.\nexport const readModel = ${JSON.stringify(tables, null, 2)} as const;\n`;
}

function describeTable(model: DMMF.Model, models: readonly DMMF.Model[]) {
  const columns: Record<string, object> = {};
  const relations: Record<string, object> = {};
  for (const field of model.fields) {
    if (field.kind === 'object') relations[field.name] = describeRelation(model, field, models);
    else
      columns[field.name] = {
        name: field.dbName ?? field.name,
        type: field.type,
        nullable: !field.isRequired,
      };
  }
  const primaryKey = model.primaryKey?.fields ?? model.fields.filter((f) => f.isId).map((f) => f.name);
  return { table: model.dbName ?? model.name, primaryKey, columns, relations };
}

/** A relation's foreign key stands on one side only; the other side reads it backwards. */
function describeRelation(model: DMMF.Model, field: DMMF.Field, models: readonly DMMF.Model[]) {
  const target = models.find((candidate) => candidate.name === field.type);
  const owning = field.relationFromFields?.length
    ? field
    : target?.fields.find((f) => f.relationName === field.relationName && f.relationFromFields?.length);
  const [from] = owning?.relationFromFields ?? [];
  const [to] = owning?.relationToFields ?? [];
  if (!from || !to) throw new Error(`No single-column join for ${model.name}.${field.name}.`);
  const join = owning === field ? { from, to } : { from: to, to: from };
  return { target: field.type, list: field.isList, nullable: !field.isRequired, ...join };
}
