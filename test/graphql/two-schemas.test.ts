import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { noOwnKeys, type OwnModel } from '../../src/model/own-model.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { openEngine } from '../support/reference/engine.ts';

function modelOf(text: string): OwnModel {
  const parsed = parseModel(text);
  if (!('model' in parsed)) throw new Error(JSON.stringify(parsed.mistakes));
  return parsed.model;
}

test('gateways with different models live in one process, each with its own types and plans', async () => {
  const open = (model: OwnModel) =>
    openEngine(
      (folder) => {
        mkdirSync(folder);
        writeFileSync(`${folder}/a.md`, '---\ntitle: A\nweight: "7"\n---\n');
      },
      undefined,
      model,
    );
  const [plain, int, text] = await Promise.all([
    open(noOwnKeys),
    open(modelOf('fields: { weight: int }')),
    open(modelOf('fields: { weight: text }')),
  ]);
  try {
    for (let round = 0; round < 2; round += 1) {
      expect((await int.ask('{ article(slug: "a") { weight } }')).data).toEqual({ article: { weight: 7 } });
      expect((await text.ask('{ article(slug: "a") { weight } }')).data).toEqual({
        article: { weight: '7' },
      });
      expect((await plain.ask('{ article(slug: "a") { title } }')).data).toEqual({ article: { title: 'A' } });
      await expect(plain.ask('{ article(slug: "a") { weight } }')).rejects.toThrow(/Cannot query field/);
    }
  } finally {
    await Promise.all([plain.close(), int.close(), text.close()]);
  }
});
