import type { OwnModel } from '../../../model/own-model.ts';
import { modelOfFormat } from '../../content-format.ts';
import type { DatabaseReader } from './clients.ts';

/** The owner's keys that the index has: those of the sync that read its files. Without content it has none. */
export async function readModel(reader: Pick<DatabaseReader, 'readText'>): Promise<OwnModel> {
  return modelOfFormat(
    await reader.readText('SELECT format FROM SyncState WHERE id = 1', [], { isBounded: false }),
  );
}
