import type { Keys } from './key.ts';
import { name } from './value.ts';

/** The keys of a provider. Articles and related links name one; its columns are made of all that do. */
export const providerKeys = {
  name: { value: name, description: 'The name shown.', column: null },
  domain: {
    value: { kind: 'domain' },
    hints: ['url', 'website', 'site', 'host'],
    description: 'The domain, by which two spellings of the name are one provider.',
    column: null,
  },
} as const satisfies Keys;
