import type { SyncOptions, SyncReport } from './sync-report.ts';
import { startSyncThread } from './sync-thread.ts';

/** As syncContent, on a thread of its own, so that this one goes on serving. Progress comes by messages. */
export async function startSync(options: SyncOptions): Promise<SyncReport> {
  const thread = startSyncThread();
  try {
    return await thread.sync(options);
  } finally {
    await thread.close();
  }
}
