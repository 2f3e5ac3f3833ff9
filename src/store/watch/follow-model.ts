import { setTimeout as sleep } from 'node:timers/promises';
import { findModel, ModelError, type ModelPlace, markModel } from '../../content/read/model-file.ts';
import type { OwnModel } from '../../model/own-model.ts';

/** Milliseconds between two looks at the file: two or three `stat`s. */
const INTERVAL_MS = 500;
/** Milliseconds for which a file must stay as it is: an editor empties it before it writes. */
const SETTLED_MS = 100;
/** And how often that is waited for. */
const MAX_WAITS = 20;

/** The model by which files are read, while its file may change. */
export interface FollowedModel {
  /** The last that was good. */
  readonly model: OwnModel;
  /** What is wrong with the file as it is now; null: it is the model above. */
  readonly failure: ModelError | null;
  /** Reads the file again if it has changed. */
  refresh(): Promise<void>;
  stop(): void;
}

/**
 * Follows the file of the owner's model, wherever it stands, comes or goes.
 * @param model the one to begin with, until the file says another
 * @param onChange called when the file is another one; whoever acts on it calls `refresh`
 */
export function followModel(place: ModelPlace, model: OwnModel, onChange: () => void): FollowedModel {
  let good = model;
  let failure: ModelError | null = null;
  let read: string | null = null;
  const timer = setInterval(() => {
    const now = markModel(place);
    if (now !== null && now !== read) onChange();
  }, INTERVAL_MS).unref();

  async function settle(): Promise<string | null> {
    let mark = markModel(place);
    // The first has been read a moment ago.
    if (read === null) return mark;
    for (let waits = 0; mark !== read && waits < MAX_WAITS; waits += 1) {
      await sleep(SETTLED_MS);
      const now = markModel(place);
      if (now === mark) break;
      mark = now;
    }
    return mark;
  }

  return {
    get model() {
      return good;
    },
    get failure() {
      return failure;
    },
    async refresh() {
      const mark = await settle();
      // A folder that has gone says nothing about the model of what it held.
      if (mark === null || mark === read) return;
      try {
        good = findModel(place).model;
        failure = null;
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        failure = error;
      }
      read = mark;
    },
    stop: () => clearInterval(timer),
  };
}
