import { type ArticleClaim, explainClaims } from '../../content/paths/explain-claims.ts';
import type { Problem } from '../../content/problems/problem.ts';
import { prepareReading } from '../../content/reading.ts';
import { HIDDEN_REASONS, type HiddenReason } from '../../content/visibility/hidden-reason.ts';
import type { OwnModel } from '../../model/own-model.ts';
import { loadFolder } from '../../store/load/load-folder.ts';
import { aliasKeysOf } from '../../store/rows/encode-article.ts';
import { formatLeftOut } from '../output/format-left-out.ts';
import { count, formatProblems, summariseProblems } from '../output/format-problems.ts';
import { formatSchedule, formatVisibility } from '../output/format-report.ts';
import { formatUnread } from '../output/format-unread.ts';
import { createProgressBar } from '../output/progress-bar.ts';
import type { Terminal } from '../output/terminal.ts';
import { type ExitCode, exitCodes } from '../process/exit-codes.ts';
import {
  describeModel,
  type ModelConfig,
  type ReadingConfig,
  readingSettings,
  readModelFile,
} from '../settings/reading-settings.ts';

export interface CheckOptions {
  /** Show each place of each problem. */
  all?: boolean;
}

/** Problems that are kept to be told; more are counted. */
const MAX_KEPT = 100_000;
/** Lines of problems that are shown without `--all`. */
const MAX_PROBLEMS = 200;

/**
 * Validates every file of the folder, without a database.
 * @throws ContentFolderError, ModelError
 */
export async function check(
  config: ModelConfig & ReadingConfig,
  { all: isEach = false }: CheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { contentDir: folder } = config;
  const started = performance.now();
  const own = readModelFile(config);
  const found = await validate(config, own.model, terminal);
  const { files, articles, publicArticles, hidden, schedule, problems, severities, unread } = found;
  const problemCounts = {
    problems: severities.error + severities.warning + severities.notice,
    files: found.filesWithProblems,
  };
  const exitCode = severities.error > 0 ? exitCodes.filesRejected : exitCodes.ok;
  const ms = Math.round(performance.now() - started);
  terminal.json({
    folder,
    model: own.file === null ? null : { file: own.file, keys: own.model.fields.length },
    files,
    articles,
    publicArticles,
    hidden,
    schedule,
    unread,
    severities,
    problems,
    problemCounts,
    ms,
    exitCode,
  });
  if (!terminal.isQuiet) {
    const shown = { isEach, ...(!isEach && { limit: MAX_PROBLEMS }) };
    for (const line of formatProblems(problems, { folder, ...shown, paint: terminal.paint })) {
      terminal.print(line);
    }
    if (problems.length > 0) terminal.print('');
    const modelLine = describeModel(own);
    if (modelLine !== null) terminal.print(modelLine);
    const unreadLine = formatUnread(unread);
    if (unreadLine !== null) terminal.print(unreadLine);
    const visibility = formatVisibility({ articles, publicArticles, hidden });
    if (visibility !== null) terminal.print(visibility);
    const scheduled = formatSchedule({ schedule });
    if (scheduled !== null) terminal.print(scheduled);
    const leftOut = formatLeftOut(problems, own.model);
    if (leftOut !== null) terminal.print(leftOut);
  }
  const summary = terminal.paint(problems.length === 0 ? 'green' : 'bold', summariseProblems(problemCounts));
  terminal.print(
    `${summary}; ${count(articles, 'article')} in ${count(files, 'file')} of ${folder}, ${ms} ms`,
  );
  return exitCode;
}

async function validate(config: ModelConfig & ReadingConfig, model: OwnModel, terminal: Terminal) {
  const bar = createProgressBar(terminal.errorStream, { quiet: terminal.isQuiet });
  const reading = readingSettings(config, model);
  const { locales } = prepareReading(reading);
  try {
    const {
      problems: closed,
      unread,
      batches,
    } = await loadFolder(config.contentDir, {
      reading,
      modelFile: config.model,
      onProgress: (progress) => bar.update(progress),
    });
    const problems: Problem[] = [];
    const withProblems = new Set<string>();
    const severities = { error: 0, warning: 0, notice: 0 };
    const note = (found: readonly Problem[]) => {
      for (const problem of found) {
        severities[problem.severity] += 1;
        withProblems.add(problem.path);
        if (problems.length < MAX_KEPT) problems.push(problem);
      }
    };
    note(closed);
    let files = new Set(closed.map(({ path }) => path)).size;
    let articles = 0;
    let publicArticles = 0;
    const claims: ArticleClaim[] = [];
    const counts = new Map<HiddenReason, number>();
    let waiting = 0;
    let next: string | null = null;
    for await (const batch of batches) {
      for (const { path, article, problems: found } of batch) {
        files += 1;
        if (article) {
          const { wanted, wantedPath, locale, published } = article;
          const aliases = aliasKeysOf(article);
          claims.push({ path, wanted, wantedPath, locale, isHidden: !published, aliases });
          articles += 1;
          if (article.published) publicArticles += 1;
          const { hiddenBecause, nextChange: time } = article;
          const isWaiting = hiddenBecause.length === 1 && hiddenBecause[0] === 'SCHEDULED';
          if (isWaiting) waiting += 1;
          // Nobody sees what time changes of an article that is hidden for another reason.
          const isSeen = published || isWaiting;
          if (isSeen && time !== null && (next === null || time < next)) next = time;
          for (const reason of hiddenBecause) counts.set(reason, (counts.get(reason) ?? 0) + 1);
        }
        note(found);
      }
    }
    note(explainClaims(claims, locales));
    const reasons = HIDDEN_REASONS.flatMap((reason) => {
      const number = counts.get(reason);
      return number === undefined ? [] : [[reason, number] as const];
    });
    const hidden: Partial<Record<HiddenReason, number>> = Object.fromEntries(reasons);
    const schedule = { waiting, next };
    const filesWithProblems = withProblems.size;
    return {
      files,
      filesWithProblems,
      articles,
      publicArticles,
      hidden,
      schedule,
      problems,
      severities,
      unread,
    };
  } finally {
    bar.end();
  }
}
