import type { GatewayConfig } from '../../config/load-config.ts';
import { formatProblem } from '../../content/problems/format-problem.ts';
import { announceVersions } from '../../server/operations/announce-versions.ts';
import type { GatewayLogger } from '../../server/operations/create-logger.ts';
import { createWebhook } from '../../server/operations/webhook.ts';
import { openStore } from '../../store/open-store.ts';
import type { SyncReport } from '../../store/sync-report.ts';
import type { WatchListeners } from '../../store/watch/sync-thread.ts';
import { summariseProblems } from '../output/format-problems.ts';
import { formatCounts } from '../output/format-report.ts';
import { explainFailure, formatFailure } from '../process/explain-failure.ts';
import type { RunningGateway } from './start-gateway.ts';
import { trackFailures } from './track-failures.ts';

/** As metrics name them. */
const REFUSAL_CODES = {
  'folder-missing': 'FOLDER_MISSING',
  'folder-empty': 'FOLDER_EMPTY',
  'mass-removal': 'MASS_REMOVAL',
} as const;

export interface FollowOptions {
  config: Pick<GatewayConfig, 'webhookUrl' | 'webhookSecret' | 'webhookScope' | 'databaseUrl'>;
  logger: GatewayLogger;
  gateway: Pick<RunningGateway, 'syncs'>;
}

/** What is told of the syncs, those of other processes too: to the log, to the metrics and to the webhook. */
export interface ContentFollower {
  listeners: WatchListeners;
  /** The sync at the start, of which the terminal has been told. */
  noteFirst(report: SyncReport): void;
  close(): Promise<void>;
}

export async function followContent({ config, logger, gateway }: FollowOptions): Promise<ContentFollower> {
  const { webhookUrl: url, webhookSecret: secret, webhookScope: scope } = config;
  const webhook = url === null || secret === null ? null : createWebhook({ url, secret, scope, logger });
  // A reader of its own: the process that starts others and answers no request has no other.
  const { readChanges, versions, close } = await openStore(config.databaseUrl).openReading();
  const announcer = announceVersions({
    versions,
    readChanges,
    announce: (change) => webhook?.notify(change),
    record: (outcome) => gateway.syncs.record(outcome),
    logger,
  });
  const failures = trackFailures({ logger, syncs: gateway.syncs });

  let isPolling = false;

  function logProblems({ newProblems, areProblemsChanged, problemCounts }: SyncReport): void {
    for (const problem of newProblems) logger.warn(formatProblem(problem));
    if (!areProblemsChanged) return;
    if (problemCounts.problems === 0) logger.info('no problems left');
    else logger.warn(`${summariseProblems(problemCounts)}; npm run check shows all`);
  }

  function noteEnd({ refusal }: SyncReport, modelFailure?: unknown): void {
    if (modelFailure) noteFailure(modelFailure);
    else if (refusal) failures.fail(REFUSAL_CODES[refusal.reason], `${refusal.message} ${refusal.fix}`);
    else failures.succeed();
  }

  function noteFailure(error: unknown): void {
    const failure = explainFailure(error);
    failures.fail(failure.code, formatFailure(failure).join('\n'));
  }

  return {
    noteFirst(report) {
      announcer.noteSync(report);
      noteEnd(report);
    },
    listeners: {
      onReady(mode) {
        if (mode === 'polling') logger.info('falling back to polling the content folder');
        else if (isPolling) logger.info('watching the content folder again');
        isPolling = mode === 'polling';
      },
      onWarning: (message) => logger.warn(message),
      onBegin: () => failures.begin(),
      onFailure: noteFailure,
      onReport(report, modelFailure) {
        announcer.noteSync(report);
        noteEnd(report, modelFailure);
        const { version, changed, ms } = report;
        if (changed) logger.info({ version: version?.number, ms }, `content synced: ${formatCounts(report)}`);
        logProblems(report);
      },
    },
    async close() {
      failures.close();
      announcer.close();
      webhook?.close();
      await close();
    },
  };
}
