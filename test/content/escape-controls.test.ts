import { expect, it } from 'vitest';
import { escapeControls } from '../../src/content/problems/escape-controls.ts';
import { formatProblem } from '../../src/content/problems/format-problem.ts';
import { createProblem } from '../../src/content/problems/problem-catalogue.ts';

it('lets nothing through on which a terminal acts, and leaves every script as it is', () => {
  expect(escapeControls('a\u202egnp.exe\u2066\u200f\u001b[31m\r\n\u009b')).not.toMatch(
    /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u,
  );
  const plain = 'قارب 船 лодка नाव zero\u200dwidth';
  expect(escapeControls(plain)).toBe(plain);
});

it.each([
  '\u200b',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u034f',
  '\u3164',
  '\ufe0f',
  '\u{e0041}',
  '\ufff9',
])('shows that there is something where nothing is seen: %j', (unseen) => {
  expect(escapeControls(`na${unseen}-me`)).toBe('na\ufffd-me');
});

it('leaves what writing needs', () => {
  const needed = [
    'می\u200cخواهم',
    'ක්\u200dර',
    '👩🏽\u200d🚀',
    '❤\ufe0f\u200d🔥',
    '1\ufe0f\u20e3',
    '葛\u{e0100}',
    'ᠠ\u180b',
    '\u0600١٢',
  ];
  expect(needed.map(escapeControls)).toEqual(needed);
});

it('takes time that grows with the text', () => {
  const started = performance.now();
  escapeControls(`${'\u200d'.repeat(300_000)}${'❤\ufe0f\u200d'.repeat(100_000)}`);
  expect(performance.now() - started).toBeLessThan(1_000);
});

it('holds for the line of a problem, its file name included', () => {
  const line = formatProblem(createProblem('DATE_INVALID', 'a\u202egm.md', { value: '\u2066x\u001b[2J' }));
  expect(line).not.toMatch(/[\p{Cc}\u202e\u2066]/u);
});
