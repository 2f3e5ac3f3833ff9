import type { GatewayConfig } from '../../config/load-config.ts';
import type { Style, Terminal } from '../output/terminal.ts';
import { type ExitCode, exitCodes } from '../process/exit-codes.ts';
import type { ModelConfig, ReadingConfig } from '../settings/reading-settings.ts';
import { examineFolder, examineModel, examineVersion } from './doctor/examine-content.ts';
import { examineDatabase, examineDriver } from './doctor/examine-database.ts';
import { examineNode } from './doctor/examine-node.ts';
import { examineGraphiql, examinePort } from './doctor/examine-server.ts';
import { examineWatches } from './doctor/examine-watches.ts';
import { examine, type Finding } from './doctor/finding.ts';

type DoctorConfig = Pick<GatewayConfig, 'databaseUrl' | 'host' | 'port'> & ModelConfig & ReadingConfig;

const colours = { ok: 'green', warn: 'yellow', fail: 'red' } as const satisfies Record<string, Style>;

/**
 * Examines everything the gateway needs and changes nothing. Exit code 1 when something must be repaired before the
 * gateway can work, 2 when the owner's model is wrong; warnings are none of that.
 */
export async function doctor(config: DoctorConfig, terminal: Terminal): Promise<ExitCode> {
  const { contentDir, databaseUrl, host, port } = config;
  const findings: Finding[] = [];
  const isWrong = (what: string) => findings.some(({ name, verdict }) => name === what && verdict === 'fail');
  const rebuild = 'npm run seed -- --rebuild';
  const elsewhere = 'npm start -- --content <folder>';
  const examinations = [
    () => examine('node', 'Install Node 24 LTS: nvm install 24', examineNode),
    () => examine('driver', 'npm ci && npm run generate', examineDriver),
    () => examine('database', rebuild, () => examineDatabase(databaseUrl)),
    () => examine('folder', elsewhere, () => examineFolder(config)),
    () => examine('model', 'Mend the file.', () => examineModel(config)),
    async () =>
      !isWrong('database') && !isWrong('model')
        ? examine('version', rebuild, () => examineVersion(config))
        : [],
    () => examine('watches', 'npm start -- --poll', () => examineWatches(contentDir)),
    () => examine('port', 'npm start -- --port 4001', () => examinePort(host, port)),
    () => examine('graphiql', 'npm ci', examineGraphiql),
  ];
  for (const run of examinations) {
    const found = await run();
    for (const finding of found) terminal.print(...formatFinding(finding, terminal));
    findings.push(...found);
  }
  const isHealthy = findings.every(({ verdict }) => verdict !== 'fail');
  // As every command that reads by it is refused.
  const failed = isWrong('model') ? exitCodes.refused : exitCodes.failed;
  const exitCode = isHealthy ? exitCodes.ok : failed;
  terminal.json({ ok: isHealthy, findings, exitCode });
  return exitCode;
}

function formatFinding({ name, verdict, message, fix }: Finding, { paint }: Terminal): string[] {
  const remedy = fix === null ? [] : [`${' '.repeat(18)}${paint('bold', fix)}`];
  // Only that of the model has lines, each of them escaped; a line break anywhere else is of a name, and begins no line.
  const [first, ...more] = name === 'model' ? message.split('\n') : [message];
  const line = `${paint(colours[verdict], verdict.padEnd(5))} ${name.padEnd(11)} ${first}`;
  return [line, ...more.map((other) => `${' '.repeat(18)}${other}`), ...remedy];
}
