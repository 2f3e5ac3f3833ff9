import { describe, expect, it } from 'vitest';
import { normaliseDateTime } from '../../src/content/normalise-date-time.ts';
import { fileOf, parseClean, parseLoaded } from './parse.ts';

describe('normaliseDateTime', () => {
  it.each([
    ['2024-02-21', '2024-02-21T00:00:00.000Z'],
    ['2024-02-21T01:01:00Z', '2024-02-21T01:01:00.000Z'],
    ['2024-02-21t01:01:00z', '2024-02-21T01:01:00.000Z'],
    ['2024-02-21 01:01:00', '2024-02-21T01:01:00.000Z'],
    ['2024-02-21 01:01', '2024-02-21T01:01:00.000Z'],
    ['2024-02-21T01:01', '2024-02-21T01:01:00.000Z'],
    ['2024-02-21T09:01:00+08:00', '2024-02-21T01:01:00.000Z'],
    ['2024-02-21T09:01:00+0800', '2024-02-21T01:01:00.000Z'],
    ['2024-02-21 09:01 +08', '2024-02-21T01:01:00.000Z'],
    ['2024-02-21 09:01:00 +0800', '2024-02-21T01:01:00.000Z'],
    ['2024-02-21 01:01:00 UTC', '2024-02-21T01:01:00.000Z'],
    ['2024-02-20T19:31:00-05:30', '2024-02-21T01:01:00.000Z'],
    ['2024-02-21T01:01:00.5Z', '2024-02-21T01:01:00.500Z'],
    ['2024-02-21T01:01:00,123456+00:00', '2024-02-21T01:01:00.123Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2000-02-29', '2000-02-29T00:00:00.000Z'],
    ['0001-01-01', '0001-01-01T00:00:00.000Z'],
    ['0050-06-01T00:00:00+01:00', '0050-05-31T23:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['2024-03-01T00:30:00+01:00', '2024-02-29T23:30:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(normaliseDateTime(text)).toBe(expected);
  });

  const impossible = [
    '2024-13-45',
    '2024-13-01',
    '2024-00-10',
    '2024-02-30',
    '2023-02-29',
    '1900-02-29',
    '2024-04-31',
    '2024-01-00',
  ]
    .concat(['2024-01-01T25:00:00Z', '2024-01-01T24:00:00Z', '2024-01-01T00:60:00Z', '2016-12-31T23:59:60Z'])
    .concat([
      '2024-01-01T00:00:00+24:00',
      '2024-01-01T00:00:00+08:60',
      '0000-01-01',
      '0001-01-01T00:00:00+01:00',
    ])
    .concat(['9999-12-31T23:59:59-01:00', '10000-01-01', '-0001-01-01']);
  const foreign = [
    '',
    'yesterday',
    '2024',
    '2024-02',
    '20240221',
    '1708477260',
    '21/02/2024',
    '02-21-2024',
    '2024/02/21',
    '2024-2-1',
  ]
    .concat([
      '2024-02-21T',
      '2024-02-21T01',
      '2024-02-21Z',
      '2024-02-21T01:01:00X',
      '2024-02-21T01:01:00Z tail',
      'Feb 21, 2024',
    ])
    .concat([
      '2024-02-21T01:01:00+8',
      '2024-02-21T01:01:00+08:0',
      '２０２４-02-21',
      '2024-W08-3',
      '2024-052',
    ]);

  it.each([...impossible, ...foreign])('refuses %j, and never makes it another date', (text) => {
    expect(normaliseDateTime(text)).toBe(null);
    const { article, problems } = parseLoaded(fileOf(`title: T\npublishedDateTime: "${text}"`));
    expect(article.publishedAt).toBe(null);
    expect(problems.map((problem) => problem.code)).toEqual(text === '' ? [] : ['DATE_INVALID']);
  });

  it('agrees with JavaScript on any date that exists, and refuses any that does not', () => {
    const seed = Number(process.hrtime.bigint() % 2_147_483_647n) || 1;
    let state = seed;
    // Park and Miller's generator: the seed below repeats the run.
    const below = (limit: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % limit;
    };
    const pad = (value: number, width = 2) => String(value).padStart(width, '0');
    for (let round = 0; round < 3000; round += 1) {
      const [year, month, day] = [below(9998) + 2, below(14), below(33)];
      const [hour, minute, second] = [below(25), below(61), below(61)];
      const [sign, zoneHour, zoneMinute] = [below(2) === 0 ? '+' : '-', below(24), below(60)];
      const local = `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}`;
      const text = `${local}${sign}${pad(zoneHour)}:${pad(zoneMinute)}`;
      const utc = new Date(`${local}Z`);
      // JavaScript reads 30 February as 1 March: what does not come back as it was does not exist.
      const exists = !Number.isNaN(utc.getTime()) && utc.toISOString().startsWith(local);
      const expected = exists ? new Date(text).toISOString() : null;
      const wanted = expected === null || /^\d{4}-/.test(expected) ? expected : null;
      expect(normaliseDateTime(text), `${text}, seed ${seed}`).toBe(wanted);
    }
  });

  it('reads a date in front matter with quotes and without', () => {
    for (const value of ['2024-02-21', '"2024-02-21"', '!!timestamp 2024-02-21', '!!str 2024-02-21']) {
      expect(parseClean(fileOf(`title: T\ndate: ${value}`)).publishedAt).toBe('2024-02-21T00:00:00.000Z');
    }
  });
});
