import { expect, it } from 'vitest';
import { defaultReading } from '../../src/content/reading.ts';
import { articleKeys } from '../../src/model/built-in/article.ts';
import { noOwnKeys } from '../../src/model/own-model.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { formatOf, markOfKeys, modelOfFormat } from '../../src/store/content-format.ts';

it('is another when a key is read in another way, and not when it is described in another', () => {
  const { updatedAt } = articleKeys;
  const mark = markOfKeys(articleKeys);
  const withKey = (key: object) => markOfKeys({ ...articleKeys, updatedAt: { ...updatedAt, ...key } });
  expect(withKey({ description: 'Otherwise.', column: { ...updatedAt.column, field: 'Otherwise.' } })).toBe(
    mark,
  );
  expect(withKey({ aliases: [...updatedAt.aliases, 'edited'] })).not.toBe(mark);
  expect(withKey({ column: { ...updatedAt.column, isRequired: true } })).not.toBe(mark);
  expect(markOfKeys({ ...articleKeys, comment: updatedAt })).not.toBe(mark);
});

it("has the owner's model in it, which the formats of earlier versions of the program have too", () => {
  const parsed = parseModel('fields: { mood: { kind: text } }');
  if (!('model' in parsed)) throw new Error('The model was refused.');
  const { model } = parsed;
  const format = formatOf({ ...defaultReading, model });
  expect(format).toMatch(/^\d+\.[0-9a-f]{8} \{/u);
  expect(modelOfFormat(format)).toEqual(JSON.parse(JSON.stringify(model)));
  expect(modelOfFormat(format.replace(/^\S+/u, '31'))).toEqual(modelOfFormat(format));
  expect(modelOfFormat(null)).toBe(noOwnKeys);
  expect(modelOfFormat('4')).toBe(noOwnKeys);
});
