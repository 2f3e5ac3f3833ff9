/** Front matter that is made to use up the memory or the time of whatever parses it, none larger than two megabytes. */
const SIZE = 1_900_000;

const fill = (part: string, length = SIZE) => part.repeat(Math.ceil(length / part.length)).slice(0, length);
const count = (times: number, part: (index: number) => string) =>
  Array.from({ length: times }, (_, index) => part(index)).join('');

interface HostileBlock {
  block: string;
  code: string | null;
  /** @default '---' */
  fence?: string;
}

/** By name: the block, and the first problem that it must have; null when there may be any. */
export const hostileBlocks: Record<string, HostileBlock> = {
  'lists in mappings, never closed': { block: fill('a: ['), code: 'FRONT_MATTER_TOO_COMPLEX' },
  'lists in mappings, never closed, in small': {
    block: fill('a: [', 200_000),
    code: 'FRONT_MATTER_TOO_COMPLEX',
  },
  'open brackets': { block: fill('['), code: 'FRONT_MATTER_TOO_COMPLEX' },
  'closing brackets': { block: fill(']', 8_000), code: 'FRONT_MATTER_SYNTAX' },
  'a million closing brackets': { block: fill(']'), code: 'FRONT_MATTER_TOO_COMPLEX' },
  'a list of mappings': { block: `a: [${'{},'.repeat(600_000)}]`, code: 'FRONT_MATTER_TOO_COMPLEX' },
  'a list of lists': { block: `a: [${'[],'.repeat(600_000)}]`, code: 'FRONT_MATTER_TOO_COMPLEX' },
  'a list without end': { block: `a: [${fill('a,')}`, code: 'FRONT_MATTER_TOO_COMPLEX' },
  'a list without end, in small': { block: `a: [${fill('a,', 200_000)}`, code: 'FRONT_MATTER_SYNTAX' },
  items: { block: fill('- a\n'), code: 'FRONT_MATTER_TOO_COMPLEX' },
  dashes: { block: fill('- ', 200_000), code: 'FRONT_MATTER_TOO_COMPLEX' },
  'question marks': { block: fill('? ', 200_000), code: 'FRONT_MATTER_TOO_COMPLEX' },
  'a quoted text without end': { block: `a: "${fill('a\n', 200_000)}`, code: 'FRONT_MATTER_SYNTAX' },
  'a quoted text of many lines': { block: `a: "${fill('a\n', 390_000)}"\nb: c`, code: null },
  directives: { block: fill('%a\n', 300_000), code: 'FRONT_MATTER_SYNTAX' },
  documents: { block: fill('... \n', 800_000), code: null },
  anchors: { block: fill('&a '), code: null },
  aliases: { block: `a: &a b\nb: [${'*a,'.repeat(190_000)}]`, code: 'FRONT_MATTER_TOO_COMPLEX' },
  comments: { block: `titel: x\n${fill('#\n', 390_000)}`, code: null },
  'a long text and a slip': { block: `titel: x\ncontent: "${fill('words ')}"`, code: 'UNKNOWN_KEY' },
  'keys that are not known': {
    block: count(4_900, (index) => `publishe${'x'.repeat(30)}${index}: 1\n`),
    code: 'UNKNOWN_KEY',
  },
  'images that are none': { block: `images: [${'x,'.repeat(9_900)}]`, code: 'LIST_TOO_LONG' },
  'a key that stands twice among thousands': {
    block: `${count(4_000, (index) => `k${index}: 1\n`)}k7: 1`,
    code: 'FRONT_MATTER_DUPLICATE_KEY',
  },
  'TOML with keys of a million parts': {
    block: `a${'.a'.repeat(900_000)} = 1`,
    code: 'FRONT_MATTER_TOO_COMPLEX',
    fence: '+++',
  },
  'TOML with a table of a million parts': {
    block: `[${'a.'.repeat(900_000)}a]`,
    code: 'FRONT_MATTER_TOO_COMPLEX',
    fence: '+++',
  },
  'TOML with many keys': {
    block: count(150_000, (index) => `k${index} = 1\n`),
    code: 'FRONT_MATTER_TOO_COMPLEX',
    fence: '+++',
  },
  'TOML with a list of tables': {
    block: `a = [${'{},'.repeat(180_000)}]`,
    code: 'FRONT_MATTER_TOO_COMPLEX',
    fence: '+++',
  },
  'JSON with a list of numbers': {
    block: `{"a":[${'1,'.repeat(190_000)}1]}`,
    code: 'FRONT_MATTER_TOO_COMPLEX',
    fence: ';;;',
  },
  'JSON with a list of texts': {
    block: `{"a":[${'"",'.repeat(190_000)}1]}`,
    code: 'FRONT_MATTER_TOO_COMPLEX',
    fence: ';;;',
  },
  'JSON with many keys': {
    block: `{${count(90_000, (index) => `"k${index}":1,`)}"z":1}`,
    code: 'FRONT_MATTER_TOO_COMPLEX',
    fence: ';;;',
  },
  'an object that begins with comments': { block: `{${fill('/**/ ')}`, code: null, fence: '' },
  'an object with a comment without end': { block: `{${fill('/* * ')}`, code: null, fence: '' },
  'an object with blanks before a key': {
    block: `{ z: 1,${fill('\n"a                   ')}`,
    code: null,
    fence: '',
  },
};
