import { labelType } from '../label-type.ts';

labelType('Topic', { idPrefix: 't_', about: 'What articles are about.', one: 'topic', many: 'topics' });
