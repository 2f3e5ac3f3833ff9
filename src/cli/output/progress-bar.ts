/** How far a long step is. */
export interface StepProgress {
  phase: 'scan' | 'read' | 'index' | 'link';
  done: number;
  total: number;
}

export interface ProgressBar {
  update(progress: StepProgress): void;
  /** Takes the bar off the terminal. */
  end(): void;
}

export interface ProgressOptions {
  quiet: boolean;
  /** Milliseconds from any point. @default performance.now */
  now?: () => number;
}

/** The part of a stream that the bar needs. */
export interface ProgressStream {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

const labels = { scan: 'listing', read: 'loading', index: 'indexing', link: 'linking' } as const;
const REDRAW_MS = 80;
const LOG_MS = 1_000;
const BAR_WIDTH = 24;
const clearLine = '\r\u001b[2K';

/** Shows progress on a terminal as a bar, and elsewhere as one line a second at most, the first after a second. */
export function createProgressBar(stream: ProgressStream, options: ProgressOptions): ProgressBar {
  const { quiet, now = () => performance.now() } = options;
  if (quiet) return { update() {}, end() {} };
  const isTerminal = stream.isTTY === true;
  const interval = isTerminal ? REDRAW_MS : LOG_MS;
  let phase: StepProgress['phase'] | null = null;
  let phaseStart = 0;
  let lastShown: number | null = isTerminal ? Number.NEGATIVE_INFINITY : null;
  let isDrawn = false;

  return {
    update(progress) {
      const time = now();
      if (progress.phase !== phase) {
        phase = progress.phase;
        phaseStart = time;
      }
      // What went on before the first step is not counted.
      lastShown ??= time;
      // A step that is done is not worth a line in a log.
      const isOver = progress.done >= progress.total;
      if (time - lastShown < interval || (isOver && !isTerminal)) return;
      lastShown = time;
      const seconds = (time - phaseStart) / 1_000;
      if (isTerminal) {
        stream.write(clearLine + drawBar(progress, seconds).slice(0, (stream.columns || 80) - 1));
        isDrawn = true;
      } else stream.write(`${labels[progress.phase]} ${describe(progress, seconds)}\n`);
    },
    end() {
      if (isDrawn) stream.write(clearLine);
      isDrawn = false;
    },
  };
}

function drawBar(progress: StepProgress, seconds: number): string {
  const share = progress.total === 0 ? 1 : Math.min(1, progress.done / progress.total);
  const filled = Math.round(share * BAR_WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
  return `${labels[progress.phase]} ${bar} ${describe(progress, seconds)}`;
}

function describe({ phase, done, total }: StepProgress, seconds: number): string {
  const isOfFiles = phase === 'scan' || phase === 'read';
  const count = `${done.toLocaleString('en')}/${total.toLocaleString('en')}${isOfFiles ? ' files' : ''}`;
  const rate = seconds > 0 ? done / seconds : 0;
  if (rate === 0) return count;
  const left = `${formatSeconds(Math.ceil(Math.max(0, total - done) / rate))} left`;
  return isOfFiles
    ? `${count}, ${Math.round(rate).toLocaleString('en')} files/s, ${left}`
    : `${count}, ${left}`;
}

function formatSeconds(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
