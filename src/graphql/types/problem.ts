import type { FieldMapping } from '../../engine/mapping/mapping.ts';
import { builder } from '../builder/builder.ts';
import { connectionType } from '../builder/connection-type.ts';
import { filterFields, filterInput } from '../builder/filter-inputs.ts';
import { mappedFields } from '../builder/mapped-fields.ts';
import { mappedType } from '../builder/mapped-type.ts';
import { resolveElsewhere } from '../builder/resolve-elsewhere.ts';

const Problem = mappedType('Problem', {
  idPrefix: null,
  visibility: 'preview',
  key: 'path',
  unique: [
    { column: 'path', type: 'string' },
    { column: 'position', type: 'int' },
  ],
});

const by = filterFields('Problem');

const problemFilter = filterInput(
  'Problem',
  {
    path: by.exactText('path', 'Conditions on the file.'),
    code: by.exactText('code', 'Conditions on the kind of problem.'),
    severity: by.exactText('severity', 'Conditions on the severity: `error`, `warning` or `notice`.'),
    field: by.exactText('field', 'Conditions on the key of the front matter.'),
  },
  { hasLists: false },
);

Problem.ref.implement({
  description: 'Something in one article file that its author should know.',
  extensions: { table: Problem.table },
  fields: (t) => {
    const problem = mappedFields(t, Problem);
    return {
      code: problem.column('code', 'The kind of problem, in capitals.'),
      severity: problem.column(
        'severity',
        '`error`: the file was rejected; `warning`: loaded without the value, or hidden; `notice`: loaded whole.',
      ),
      path: problem.column('path', 'The file, relative to the content folder.'),
      line: problem.column('line', 'Counted from 1.'),
      column: problem.column('column', 'Counted from 1.'),
      field: problem.column('field', 'The key as its author wrote it.'),
      value: problem.column('value', 'What was found, cut short.'),
      message: problem.column('message', 'What is wrong.'),
      expected: problem.column('expected', 'What should be there.'),
      fix: problem.column('fix', 'What to do about it.'),
    };
  },
});

const ProblemConnection = connectionType(Problem, { filter: problemFilter.ref });

builder.queryFields((t) => ({
  problems: t.field({
    type: ProblemConnection.ref,
    nullable: false,
    description:
      'The problems that the last sync found in the files, by file. For readers with the preview scope.',
    args: ProblemConnection.args,
    extensions: {
      read: { kind: 'connection', joins: [], distinct: false } satisfies FieldMapping,
    },
    resolve: resolveElsewhere,
  }),
}));
