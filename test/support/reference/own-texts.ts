import { isObjectKey, isScalarKey, type OwnModel, termKinds } from '../../../src/model/own-model.ts';
import { orderName, reverseName, rootFieldNames } from '../../../src/model/own-names.ts';
import type { World } from './world.ts';

/** Values that the owner's keys have in a world. */
export interface OwnTexts {
  /** By field, of articles or of objects. */
  texts: Map<string, string[]>;
  names: string[];
  moments: string[];
}

export function ownTexts({ articles, model }: World): OwnTexts {
  const found: OwnTexts = { texts: new Map(), names: [], moments: [] };
  const add = (name: string, kind: string, value: unknown) => {
    if (typeof value !== 'string') return;
    if (kind === 'date') found.moments.push(value);
    else found.texts.set(name, [...(found.texts.get(name) ?? []), value]);
  };
  for (const { record } of articles) {
    const { scalars, terms, parts } = record.own;
    for (const field of model.fields) {
      if (isScalarKey(field)) add(field.name, field.kind, scalars.get(field.name));
      if (!isObjectKey(field)) continue;
      for (const values of parts.get(field.name) ?? [])
        for (const { name, kind } of field.fields) add(name, kind, values.get(name));
    }
    for (const named of terms.values()) found.names.push(...named.map(({ name }) => name));
  }
  return found;
}

/** The names that a model adds to fields, filters and orders. */
export function ownNames(model: OwnModel): Set<string> {
  return new Set([
    ...model.fields.flatMap(({ name }) => [name, reverseName(name), orderName(name)]),
    ...[...termKinds(model).keys()].flatMap((kind) => Object.values(rootFieldNames(kind))),
  ]);
}
