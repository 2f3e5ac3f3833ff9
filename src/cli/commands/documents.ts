import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  type ASTNode,
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  parse,
  print,
  Source,
  validate,
  visit,
} from 'graphql';
import { buildSchema } from '../../graphql/schema.ts';
import type { OwnModel } from '../../model/own-model.ts';
import { sha256 } from '../../server/documents/persisted-documents.ts';
import { count } from '../output/format-problems.ts';
import type { Terminal } from '../output/terminal.ts';
import { type ExitCode, exitCodes } from '../process/exit-codes.ts';
import { RefusalError } from '../process/explain-failure.ts';
import { addTypename } from './add-typename.ts';

export interface DocumentsOptions {
  /** Of .graphql files. */
  folder: string;
  /** The owner's keys, which the schema has too. */
  model: OwnModel;
  /** The manifest's file. */
  out: string;
  /** Whether documents are written as clients send them that add `__typename` (see addTypename). */
  typename?: boolean;
}

interface DocumentFile {
  /** From the working directory. */
  path: string;
  text: string;
  document: DocumentNode;
}

/** What is wrong with a .graphql file. */
interface DocumentProblem {
  path: string;
  line: number | null;
  column: number | null;
  message: string;
}

/**
 * Makes the manifest of trusted documents: an object of document texts by SHA-256 in hex. Each file that has an operation
 * is one document, word for word; fragments that it uses and has not are taken from files that have only fragments.
 * Nothing is written when a file is not valid against the schema.
 * @throws RefusalError when the folder is missing or has no operation
 */
export async function makeDocuments(
  { folder, model, out, typename = false }: DocumentsOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const schema = buildSchema(model);
  const problems: DocumentProblem[] = [];
  const files = readDocuments(folder, problems);
  const libraries = files.filter(({ document }) => document.definitions.every(isFragment));
  const shared = libraries.flatMap(({ document }) => document.definitions.filter(isFragment));
  const manifest = new Map<string, string>();
  for (const file of files.filter((candidate) => !libraries.includes(candidate))) {
    const written = file.text + missingFragments(file.document, shared);
    const document = parse(new Source(written, file.path));
    const errors = validate(schema, document);
    const text = typename ? print(addTypename(document)) : written;
    problems.push(...errors.map((error) => describeError(error, file.path)));
    manifest.set(sha256(text), text);
  }
  if (problems.length > 0) return refuse(problems, terminal);
  if (manifest.size === 0) {
    throw new RefusalError(
      `No .graphql file with an operation in ${folder}.`,
      'Give the folder that contains them.',
    );
  }
  const sorted = Object.fromEntries([...manifest].sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(out, `${JSON.stringify(sorted, null, 2)}\n`);
  const documents = manifest.size;
  terminal.json({ manifest: out, documents, problems, exitCode: exitCodes.ok });
  terminal.print(`${count(documents, 'document')} of ${count(files.length, 'file')} in ${out}`);
  terminal.note(`To allow only these: npm start -- --documents ${out} --documents-only`);
  return exitCodes.ok;
}

function readDocuments(folder: string, problems: DocumentProblem[]): DocumentFile[] {
  const files: DocumentFile[] = [];
  for (const name of listFiles(folder)) {
    const path = join(relative('.', folder), name);
    const text = readFileSync(path, 'utf8');
    try {
      files.push({ path, text, document: parse(new Source(text, path)) });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      problems.push(describeError(error, path));
    }
  }
  return files;
}

function listFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => /\.(graphql|gql)$/.test(name)).sort();
  } catch {
    throw new RefusalError(`The folder ${folder} cannot be read.`, 'Give a folder of .graphql files.');
  }
}

function isFragment(node: DefinitionNode): node is FragmentDefinitionNode {
  return node.kind === Kind.FRAGMENT_DEFINITION;
}

/** The text of the shared fragments that the document needs and has not, and of those that these need. */
function missingFragments(document: DocumentNode, shared: readonly FragmentDefinitionNode[]): string {
  const present = new Set(document.definitions.filter(isFragment).map(({ name }) => name.value));
  const wanted = usedFragments(document);
  let text = '';
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (present.has(name)) continue;
    present.add(name);
    const fragment = shared.find((candidate) => candidate.name.value === name);
    if (!fragment?.loc) continue;
    const { source, start, end } = fragment.loc;
    text += `\n${source.body.slice(start, end)}\n`;
    wanted.push(...usedFragments(fragment));
  }
  return text;
}

function usedFragments(node: ASTNode): string[] {
  const names: string[] = [];
  visit(node, { FragmentSpread: ({ name }) => void names.push(name.value) });
  return names;
}

function describeError({ message, locations }: GraphQLError, path: string): DocumentProblem {
  const [place] = locations ?? [];
  return { path, line: place?.line ?? null, column: place?.column ?? null, message };
}

function refuse(problems: readonly DocumentProblem[], terminal: Terminal): ExitCode {
  const files = new Set(problems.map(({ path }) => path)).size;
  for (const { path, line, column, message } of problems) {
    terminal.print(`${[path, line, column].filter((part) => part !== null).join(':')}  ${message}`);
  }
  terminal.print(`${count(problems.length, 'problem')} in ${count(files, 'file')}; no manifest was written`);
  terminal.json({ manifest: null, documents: 0, problems, exitCode: exitCodes.filesRejected });
  return exitCodes.filesRejected;
}
