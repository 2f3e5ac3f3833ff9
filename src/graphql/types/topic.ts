import { ID_PREFIX } from '../../text/id-prefixes.ts';
import { labelType } from './label-type.ts';

labelType('Topic', {
  idPrefix: ID_PREFIX.topic,
  about: 'What articles are about.',
  one: 'topic',
  many: 'topics',
});
