import type { Keys } from './key.ts';
import { pixels } from './value.ts';

/** The keys of an image, in the order of its columns. */
export const imageKeys = {
  url: {
    value: { kind: 'url' },
    aliases: ['src', 'image'],
    hints: ['href'],
    description: 'Where the picture is.',
    column: { isRequired: true, field: 'Where the picture is.', filter: 'Conditions on the address.' },
  },
  width: {
    value: pixels,
    description: 'Pixels.',
    column: { field: 'In pixels.', filter: 'Conditions on the width in pixels.' },
  },
  height: {
    value: pixels,
    description: 'Pixels.',
    column: { field: 'In pixels.', filter: 'Conditions on the height in pixels.' },
  },
  isCached: {
    value: { kind: 'boolean' },
    description: 'Whether a copy of the picture is kept.',
    column: {
      field: 'Whether a copy is kept, as the file says.',
      filter: 'Conditions on whether a copy is kept.',
    },
  },
} as const satisfies Keys;
