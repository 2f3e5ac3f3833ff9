import type { SchemaBuilder } from '../builder/schema-builder.ts';

/** Adds the problems of files. */
export function defineProblem(schema: SchemaBuilder): void {
  const Problem = schema.mappedType('Problem', {
    idPrefix: null,
    visibility: 'preview',
    key: 'path',
    unique: [
      { column: 'path', type: 'string' },
      { column: 'position', type: 'int' },
    ],
  });

  const by = schema.filterFields('Problem');

  const problemFilter = schema.filterInput(
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
      const problem = schema.mappedFields(t, Problem.name);
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

  const ProblemConnection = schema.connectionType(Problem, { filter: problemFilter.ref });

  schema.pothos.queryFields((t) => ({
    problems: t.field({
      type: ProblemConnection.ref,
      nullable: false,
      description:
        'The problems that the last sync found in the files, by file. For readers with the preview scope.',
      args: ProblemConnection.args,
      read: { kind: 'connection', joins: [], distinct: false },
    }),
  }));
}
