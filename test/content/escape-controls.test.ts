import { expect, it } from 'vitest';
import { escapeControls } from '../../src/content/escape-controls.ts';
import { formatProblem } from '../../src/content/format-problem.ts';
import { createProblem } from '../../src/content/problem-catalogue.ts';

it('lets nothing through on which a terminal acts, and leaves every script as it is', () => {
  expect(escapeControls('a\u202egnp.exe\u2066\u200f\u001b[31m\r\n\u009b')).not.toMatch(
    /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u,
  );
  const plain = 'قارب 船 лодка नाव zero\u200dwidth';
  expect(escapeControls(plain)).toBe(plain);
});

it('holds for the line of a problem, its file name included', () => {
  const line = formatProblem(createProblem('DATE_INVALID', 'a\u202egm.md', { value: '\u2066x\u001b[2J' }));
  expect(line).not.toMatch(/[\p{Cc}\u202e\u2066]/u);
});
