import { expect, it } from 'vitest';
import { fileOf, parseClean, parseLoaded } from './parse.ts';

it.each([
  ['lang: fr', 'fr'],
  ['locale: pt_br', 'pt-BR'],
  ['language: ZH-hans-CN', 'zh-Hans-CN'],
  ['Lang: es-419', 'es-419'],
  ['locale: no', 'no'],
  ['locale: "NO"', 'no'],
  ['lang: de-1996', 'de-1996'],
  ['lang: sl-ROZAJ-biske', 'sl-rozaj-biske'],
  ['lang:', null],
  ['title: T2', null],
])('the language is read from %s', (line, locale) => {
  expect(parseClean(fileOf(line.startsWith('title') ? line : `title: T\n${line}`)).locale).toBe(locale);
});

it.each(['English', 'e', 'en-', 'en--US', '12', '[en, fr]', 'en-US-x-private-and-far-too-long-to-be-meant'])(
  'what is no language tag is told of: %s',
  (value) => {
    const { article, problems } = parseLoaded(fileOf(`title: T\nlang: ${value}`));
    expect(article.locale).toBe(null);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.code).toMatch(/^(LOCALE_INVALID|TEXT_EXPECTED)$/);
  },
);
