import type { GraphQLSchema } from 'graphql';
import { noOwnKeys, type OwnModel, publicModel } from '../../model/own-model.ts';
import type { ContentVersionRow } from '../../store/content-version.ts';
import type { VersionSource } from '../../store/version-source.ts';
import type { Reader } from '../access/readers.ts';
import { schemaChanged } from '../http/refusals.ts';
import type { OperationAnswerer } from './answer-operation.ts';

/** A schema and everything that hangs on it: what it has parsed, validated and planned so far. */
export interface ServedSchema {
  schema: GraphQLSchema;
  answer: OperationAnswerer;
  close(): Promise<void>;
}

export interface SchemaServer {
  /**
   * The reader's schema of the index as it is known now: one without the keys that are not public, unless the reader has the preview
   * scope. What has begun with the one before ends with it.
   * @throws schemaChanged when it cannot be made
   */
  current(reader: Pick<Reader, 'scopes'>): ServedSchema;
  /** Whether there are keys that the reader may not know of. */
  hidesKeysFrom(reader: Pick<Reader, 'scopes'>): boolean;
  close(): Promise<void>;
}

export interface SchemaServerOptions {
  versions: Pick<VersionSource, 'current' | 'isCurrent' | 'refresh'>;
  /** @param isOfIndex whether the index is still of this model */
  make(model: OwnModel, isOfIndex: () => Promise<boolean>): ServedSchema;
  onFailure(error: unknown): void;
}

/** Serves the schemas of the model that the index was made by, whoever made it. Both audiences share one where nothing is hidden. */
export function serveSchema({ versions, make, onFailure }: SchemaServerOptions): SchemaServer {
  const readTexts = createTextReader();
  let seen: ContentVersionRow | null = versions.current;
  let texts = readTexts(seen);
  let everybody: ServedSchema | null = makeFor(texts.public);
  let preview: ServedSchema | null = texts.full === texts.public ? everybody : makeFor(texts.full);

  function makeFor(text: string): ServedSchema {
    const model: OwnModel = JSON.parse(text);
    const isOfPublic = publicModel(model) === model;
    return make(model, async () => {
      if (!versions.isCurrent()) await versions.refresh();
      const now = readTexts(versions.current);
      // Keys that are not public come and go beside it.
      return (isOfPublic ? now.public : now.full) === text;
    });
  }

  function tryFor(text: string): ServedSchema | null {
    try {
      return makeFor(text);
    } catch (error) {
      // The old one would ask for what is not there, and trying again would fail again.
      onFailure(error);
      return null;
    }
  }

  function replace(): void {
    const before = texts;
    const model = seen?.model;
    seen = versions.current;
    if (seen?.model === model) return;
    texts = readTexts(seen);
    if (texts.public !== before.public) everybody = tryFor(texts.public);
    if (texts.full === texts.public) preview = everybody;
    else if (texts.full !== before.full) preview = tryFor(texts.full);
  }

  return {
    current({ scopes }) {
      if (versions.current !== seen) replace();
      const served = scopes.preview ? preview : everybody;
      if (served === null) throw schemaChanged();
      return served;
    },
    hidesKeysFrom: ({ scopes }) => !scopes.preview && texts.full !== texts.public,
    async close() {
      for (const served of new Set([everybody, preview])) await served?.close();
    },
  };
}

/** Reads the model of an index as JSON: all of it, and what of it everybody may know. Keeps the last, as each operation asks. */
function createTextReader() {
  let known: { model: string | undefined; texts: { full: string; public: string } } | null = null;
  return (version: ContentVersionRow | null) => {
    const text = version?.model;
    if (known?.model !== text || known === null) {
      const model: OwnModel = text === undefined ? noOwnKeys : JSON.parse(text);
      const texts = { full: JSON.stringify(model), public: JSON.stringify(publicModel(model)) };
      known = { model: text, texts };
    }
    return known.texts;
  };
}
