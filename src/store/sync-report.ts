import type { Problem, Severity } from '../content/problems/problem.ts';
import type { UnreadCounts } from '../content/read/select-files.ts';
import type { ReadingSettings } from '../content/reading.ts';
import type { HiddenReason } from '../content/visibility/hidden-reason.ts';
import { type SharedList, sharedKinds } from '../model/kinds/shared-kinds.ts';
import type { Counted } from '../model/tables/counts.ts';
import type { AudienceVersion } from './content-version.ts';
import type { LoadingInThreads } from './load/load-in-threads.ts';

export interface SyncOptions {
  /** The content folder. */
  folder: string;
  databaseUrl: string;
  /** How files are read. @default defaultReading */
  reading?: ReadingSettings;
  /** The file that MODEL names, which is no article wherever it stands. @default null: none is named */
  modelFile?: string | null;
  /** Parse every file again, whatever its size and time. */
  force?: boolean;
  /** Write every article again, whatever the database has of it. */
  rewrite?: boolean;
  /** Report what would be done and leave the database as it is. */
  dryRun?: boolean;
  /** Let more than half of all articles go. */
  allowMassRemoval?: boolean;
  /**
   * Look at these files only, relative to the folder with `/`; all others are taken to be as they were. With none, articles are
   * shown and hidden as the time asks, and the folder is not looked at.
   */
  paths?: readonly string[];
  /** False leaves all problems but new ones out of the report: there may be many, however little changed. @default true */
  withProblems?: boolean;
  /** How long to wait for another sync, in milliseconds. @default 0 */
  wait?: number;
  /** On which threads files are read, and who looks on. */
  loading?: LoadingInThreads;
  /** What decides whose time has come, and when it was synced: milliseconds of the epoch. @default systemNow */
  now?: () => number;
  onProgress?: (progress: SyncProgress) => void;
  signal?: AbortSignal;
}

/** `read`: files read, parsed and written. `index`: indexes made last. `link`: what hangs on several articles. */
export interface SyncProgress {
  phase: 'scan' | 'read' | 'index' | 'link';
  /** Files, but for `index` and `link`: steps. */
  done: number;
  total: number;
}

/** Why a sync left the old content as it was. */
export interface SyncRefusal {
  reason: 'folder-missing' | 'folder-empty' | 'mass-removal';
  /** Articles that would have gone. */
  missing: number;
  /** Articles that there are. */
  known: number;
  message: string;
  fix: string;
}

export interface SyncReport {
  /** The version that is served after the sync; null only when there never was one. */
  version: AudienceVersion | null;
  /** Whether that version is a new one. */
  changed: boolean;
  /** The same of what everybody may know, which stays as it is when only hidden articles change. */
  public: { version: AudienceVersion | null; changed: boolean; changedKeys: ChangedKeys };
  refusal: SyncRefusal | null;
  /** Articles. */
  created: number;
  updated: number;
  unchanged: number;
  removed: number;
  /** Files that are no article. */
  rejected: number;
  /** Files that turned bad and of which the last good version is served. */
  stale: number;
  /** Article files in the folder. */
  files: number;
  /** Files and folders that were left alone, by reason; null when the folder was not looked through. */
  unread: UnreadCounts | null;
  ms: number;
  totals: {
    publicArticles: number;
    /** Articles that are hidden for each reason that any is; one may have several. */
    hidden: Partial<Record<HiddenReason, number>>;
  } & Record<Counted, number>;
  /** Of unchanged files too, by path: the first 100,000, unless they were not asked for. */
  problems: Problem[];
  /** How many there are in all. */
  problemCounts: ProblemCounts;
  /** The first few that were not there before. */
  newProblems: readonly Problem[];
  /** Whether any came or went. */
  areProblemsChanged: boolean;
  /** Files that somebody was writing. */
  changing: string[];
  schedule: Schedule;
  changedKeys: ChangedKeys;
}

/** What time will change; moments in ISO 8601 in UTC. */
export interface Schedule {
  /** How many articles are hidden until their publication, and for no other reason. */
  waiting: number;
  /** When the next article appears or expires; null when none does. */
  next: string | null;
  /** When there is something to write: for articles that stay hidden, too. */
  due: string | null;
}

/** How many problems there are, in how many files, and how many of each severity. */
export interface ProblemCounts extends Record<Severity, number> {
  problems: number;
  files: number;
}

/** How many names ChangedKeys has of each at most. */
export const MAX_KEYS = 1_000;

/** The lists of names in ChangedKeys. */
export type ChangedList = 'articles' | 'providers' | SharedList;

/**
 * What a consumer may want to fetch again, at most `MAX_KEYS` of each: slugs of articles created, updated or removed,
 * and of those that lead to another article now; domains, else
 * names, of the providers that those articles name or named; slugs of the things of each shared kind that they name or named.
 */
export type ChangedKeys = Record<ChangedList, string[]> & {
  /** Slugs of the things of the owner's kinds, by the prefix of their purge keys. @default there are no such kinds */
  own?: Record<string, string[]>;
  /** True when one of the lists was cut, or when more may have changed than the lists tell. */
  isCut: boolean;
};

/** A record of lists, and whether one was cut, of what gives each list. */
export function makeChangedKeys(isCut: boolean, list: (name: ChangedList) => string[]): ChangedKeys {
  const names: ChangedList[] = ['articles', 'providers', ...sharedKinds.map(({ many }) => many)];
  return {
    ...(Object.fromEntries(names.map((name) => [name, list(name)])) as Record<ChangedList, string[]>),
    isCut,
  };
}
