import type { GraphQLSchema } from 'graphql';
import type { YogaServerInstance } from 'graphql-yoga';
import { noOwnKeys, type OwnModel } from '../../model/own-model.ts';
import type { ContentVersionRow } from '../../store/content-version.ts';
import type { VersionSource } from '../../store/sqlite/read/version-source.ts';
import { schemaChanged } from '../http/refusals.ts';
import type { ServerContext } from './request-state.ts';

/** A schema and everything that hangs on it: what it has parsed, validated and planned so far. */
export interface ServedSchema {
  schema: GraphQLSchema;
  yoga: YogaServerInstance<ServerContext, object>;
}

export interface SchemaServer {
  /**
   * The schema of the index as it is known now. What has begun with the one before ends with it.
   * @throws schemaChanged when it cannot be made
   */
  current(): ServedSchema;
  close(): Promise<void>;
}

export interface SchemaServerOptions {
  versions: Pick<VersionSource, 'current' | 'isCurrent' | 'refresh'>;
  /** @param isOfIndex whether the index is still of this model */
  make(model: OwnModel, isOfIndex: () => Promise<boolean>): ServedSchema;
  onFailure(error: unknown): void;
}

/** Serves the schema of the model that the index was made by, whoever made it. */
export function serveSchema({ versions, make, onFailure }: SchemaServerOptions): SchemaServer {
  let seen: ContentVersionRow | null = versions.current;
  let text = seen?.model;
  let served: ServedSchema | null = makeFor(text);

  function makeFor(model: string | undefined): ServedSchema {
    return make(model === undefined ? noOwnKeys : JSON.parse(model), async () => {
      if (!versions.isCurrent()) await versions.refresh();
      return versions.current?.model === model;
    });
  }

  function replace(): void {
    seen = versions.current;
    if (seen?.model === text) return;
    text = seen?.model;
    try {
      served = makeFor(text);
    } catch (error) {
      // The old one would ask for what is not there, and trying again would fail again.
      served = null;
      onFailure(error);
    }
  }

  return {
    current() {
      if (versions.current !== seen) replace();
      if (served === null) throw schemaChanged();
      return served;
    },
    close: async () => served?.yoga.dispose(),
  };
}
