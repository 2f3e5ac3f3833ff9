import type { GatewayConfig } from '../../config/load-config.ts';
import type { OwnModel } from '../../model/own-model.ts';
import type { SyncReport } from '../../store/sync-report.ts';
import { formatLeftOut } from './format-left-out.ts';
import { formatProblems, summariseProblems } from './format-problems.ts';
import { formatCounts, formatDatabase, formatStanding, formatTotals } from './format-report.ts';
import type { Terminal } from './terminal.ts';

/** Lines of problems that are shown at the start. */
const MAX_PROBLEMS = 10;

/** Says what was loaded, from where into what, and how many files had problems. @param model as of countLeftOut */
export function printLoaded(
  report: SyncReport,
  config: GatewayConfig,
  model: OwnModel,
  terminal: Terminal,
): void {
  if (terminal.isQuiet) return;
  const { problems, problemCounts, ms, version } = report;
  const { paint } = terminal;
  if (problems.length > 0) {
    const lines = formatProblems(problems, { folder: config.contentDir, limit: MAX_PROBLEMS, paint });
    terminal.print(...lines, '');
  }
  // Where articles are missing, what the other files say is loaded all the same.
  const isLoaded = report.refusal === null || report.changed;
  terminal.print(`${paint('bold', formatTotals(report))} ${isLoaded ? 'loaded' : 'kept'} in ${ms} ms`);
  if (isLoaded) terminal.print(formatCounts(report));
  for (const line of formatStanding(report)) terminal.print(line);
  const leftOut = formatLeftOut(problems, model);
  if (leftOut !== null) terminal.print(leftOut);
  const files =
    problems.length > 0
      ? `${summariseProblems(problemCounts)}; npm run check shows all`
      : 'no file has problems';
  terminal.print(files);
  terminal.print(`database ${formatDatabase(config.databaseUrl)}, version ${version?.number ?? 0}`);
}
