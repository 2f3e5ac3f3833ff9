import type { GatewayConfig } from '../../../config/load-config.ts';
import { count, summariseProblems } from '../../output/format-problems.ts';
import { formatVisibility } from '../../output/format-report.ts';
import { formatUnread } from '../../output/format-unread.ts';
import {
  describeModel,
  type ModelConfig,
  type ReadingConfig,
  readingSettings,
  readModelFile,
} from '../../settings/reading-settings.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** Whether the content folder can be listed, and how much is in it. */
export async function examineFolder({ contentDir: folder, model }: ModelConfig): Promise<Finding> {
  const { scanFolder } = await import('../../../content/read/scan-folder.ts');
  const { files, problems, unread } = await scanFolder(folder, model);
  const left = formatUnread(unread);
  const message = `${folder}: ${count(files.length, 'article file')}${left === null ? '' : `, ${left}`}`;
  if (files.length === 0) return warn('folder', message, 'npm start -- --content <another folder>');
  if (problems.length > 0)
    return warn(
      'folder',
      `${message}, ${summariseProblems({ problems: problems.length, files: problems.length })}`,
      'npm run check',
    );
  return ok('folder', message);
}

/** How many keys of the owner's there are. @throws ModelError, which names all that is wrong with their file */
export async function examineModel(config: ModelConfig): Promise<Finding[]> {
  const found = describeModel(readModelFile(config));
  return found === null ? [] : [ok('model', found)];
}

/** Whether the database holds what the files say: all of them are read and parsed again, and nothing is written. */
export async function examineVersion(
  config: Pick<GatewayConfig, 'databaseUrl'> & ModelConfig & ReadingConfig,
): Promise<Finding[]> {
  const { contentDir: folder, databaseUrl } = config;
  const { openStore } = await import('../../../store/open-store.ts');
  const store = openStore(databaseUrl);
  const stored = (await store.exists()) ? await store.readVersion() : null;
  if (!stored) return [warn('version', 'nothing is loaded yet', 'npm run seed')];

  const { startSyncThread } = await import('../../../store/watch/sync-thread.ts');
  const thread = startSyncThread();
  const reading = readingSettings(config, readModelFile(config).model);
  const report = await thread
    .sync({ folder, databaseUrl, reading, modelFile: config.model, dryRun: true, force: true, wait: 1_000 })
    .finally(thread.close);
  const name = `version ${stored.number}, digest ${stored.digest.slice(0, 12)}`;
  if (report.refusal) return [fail('version', `${name}: ${report.refusal.message}`, report.refusal.fix)];
  const { created, updated, removed, problemCounts } = report;
  const findings = [
    report.changed
      ? warn(
          'version',
          `${name}: ${created} to create, ${updated} to update, ${removed} to remove`,
          'npm run seed',
        )
      : ok('version', `${name}: the files say the same`),
  ];
  const visibility = formatVisibility(report.totals);
  if (visibility !== null) {
    findings.push(ok('visibility', visibility));
  }
  if (problemCounts.problems === 0) findings.push(ok('problems', 'none'));
  else findings.push(warn('problems', summariseProblems(problemCounts), 'npm run check'));
  return findings;
}
