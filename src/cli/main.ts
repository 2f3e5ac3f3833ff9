import { existsSync, readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { escapeJson } from '../server/operations/escape-log.ts';
import { endOnUncaught } from './process/end-on-uncaught.ts';
import { exitCodes } from './process/exit-codes.ts';
import { runCommand } from './process/run-command.ts';
import { addConfigOptions, readConfig, type SettingName } from './settings/config-options.ts';

// Commands load their code when they run: the schema, the driver and the server take their time, and doctor must be
// able to tell that one of them cannot be loaded.

const reading: readonly SettingName[] = ['contentDir', 'model', 'timeZone', 'schedule'];
const finding: readonly SettingName[] = ['contentDir', 'model'];
const source: readonly SettingName[] = [...reading, 'databaseUrl'];

endOnUncaught();

// Variables that are set already win over the file's.
if (existsSync('.env')) process.loadEnvFile('.env');

// The same place from src and from dist.
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

const program = new Command('content-gateway')
  .version(version, '-v, --version', 'Print the version.')
  .description('A folder of article files in, a GraphQL API out.')
  .exitOverride();

function addCommand(name: string, description: string, settings?: readonly SettingName[]): Command {
  const command = program.command(name).description(description);
  if (!settings || settings.length > 0) addConfigOptions(command, settings);
  return command.option('--quiet', 'Print only the essentials.');
}

const json = ['--json', 'Print one JSON object on standard output, and nothing else there.'] as const;

const all = [
  '--all',
  'Show each place of each problem, in place of one line for those that are alike.',
] as const;

addCommand('serve', 'Load the articles and serve them; follow their changes.')
  .argument('[folder]', 'instead of --content')
  .option('--poll', 'Poll for changes instead of watching: for network folders.')
  .action((folder: string | undefined, options: object, command: Command) =>
    runCommand(command, async (terminal) => {
      const { serve } = await import('./serve/serve.ts');
      return serve(readConfig(command, { content: folder }), options, terminal);
    }),
  );

addCommand('seed', 'Load the articles without serving them.', source)
  .argument('[folder]', 'instead of --content')
  .option(...json)
  .option(...all)
  .option('--dry-run', 'Print what would be done without doing it.')
  .option('--force', 'Read every file again, changed or not.')
  .option('--rebuild', 'Build a new database and replace the old one when it is complete.')
  .option('--allow-mass-removal', 'Allow the removal of more than half of all articles.')
  .action((folder: string | undefined, options: object, command: Command) =>
    runCommand(command, async (terminal) => {
      const { seed } = await import('./commands/seed.ts');
      return seed(readConfig(command, { content: folder }), options, terminal);
    }),
  );

addCommand('check', 'Validate the articles, without a database.', reading)
  .argument('[folder]', 'instead of --content')
  .option(...json)
  .option(...all)
  .action((folder: string | undefined, options: object, command: Command) =>
    runCommand(command, async (terminal) => {
      const { check } = await import('./commands/check.ts');
      return check(readConfig(command, { content: folder }), options, terminal);
    }),
  );

addCommand('model', 'Find the keys that the API has not, as a gateway.yaml that has them.', finding)
  .argument('[folder]', 'instead of --content')
  .option(...json)
  .option('--write', 'Write the file into the content folder; an existing one keeps what it has.')
  .action((folder: string | undefined, options: object, command: Command) =>
    runCommand(command, async (terminal) => {
      const { model } = await import('./commands/model.ts');
      return model(readConfig(command, { content: folder }), options, terminal);
    }),
  );

addCommand('doctor', 'Examine everything the gateway needs, and name the remedies.', [
  ...source,
  'host',
  'port',
])
  .option(...json)
  .argument('[folder]', 'instead of --content')
  .action((folder: string | undefined, _: object, command: Command) =>
    runCommand(command, async (terminal) => {
      const { doctor } = await import('./commands/doctor.ts');
      return doctor(readConfig(command, { content: folder }), terminal);
    }),
  );

addCommand('documents', 'Make the manifest of trusted documents from .graphql files.', [
  'contentDir',
  'model',
])
  .argument('<folder>', 'of .graphql files')
  .option(...json)
  .option('--out <file>', 'where to write it', 'documents.json')
  .option('--typename', 'Write documents as Apollo Client sends them, with __typename in each selection.')
  .action((folder: string, options: { out: string; typename?: boolean }, command: Command) =>
    runCommand(command, async (terminal) => {
      const { makeDocuments } = await import('./commands/documents.ts');
      const { readModelFile } = await import('./settings/reading-settings.ts');
      const { model } = readModelFile(readConfig(command));
      const { out, typename } = options;
      return makeDocuments({ folder, model, out, typename }, terminal);
    }),
  );

addCommand('secure', 'Encrypt a text for entitled readers, with SECURED_KEY, as a line of front matter.', [])
  .argument('[file]', 'of the text; standard input when it is left out or -')
  .option(...json)
  .action((file: string | undefined, _: object, command: Command) =>
    runCommand(command, async (terminal) => {
      const { secure } = await import('./commands/secure.ts');
      return secure(readConfig(command), { file }, terminal);
    }),
  );

try {
  await program.parseAsync();
} catch (error) {
  // commander has said what is wrong, or shown the help that was asked for.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.refused;
  if (process.exitCode !== exitCodes.ok && process.argv.includes('--json')) {
    const failure = { code: 'WRONG_INVOCATION', message: error.message, fix: null };
    console.log(escapeJson(JSON.stringify({ error: failure, exitCode: exitCodes.refused })));
  }
}
