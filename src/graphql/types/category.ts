import { ID_PREFIX } from '../../text/id-prefixes.ts';
import { labelType } from './label-type.ts';

labelType('Category', {
  idPrefix: ID_PREFIX.category,
  about: 'A section in which articles stand.',
  one: 'category',
  many: 'categories',
});
