import { labelType } from '../label-type.ts';

labelType('Category', {
  idPrefix: 'c_',
  about: 'A section in which articles stand.',
  one: 'category',
  many: 'categories',
});
