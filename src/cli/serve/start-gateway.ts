import type { Registry } from 'prom-client';
import type { GatewayConfig } from '../../config/load-config.ts';
import { createGateway, type Gateway } from '../../server/create-gateway.ts';
import { listen } from '../../server/listen.ts';
import { createLogger, type GatewayLogger } from '../../server/operations/create-logger.ts';
import { openStore } from '../../store/open-store.ts';
import { readManifest } from './documents-manifest.ts';

/** A gateway that answers requests. */
export interface RunningGateway {
  /** Of the API. */
  url: string;
  /** Takes the outcomes of syncs into the metrics and `/ready`. */
  syncs: Gateway['syncs'];
  /** Lets requests in flight finish, then frees everything. */
  close(): Promise<void>;
}

export interface StartOptions {
  logger: GatewayLogger;
  /** Where metrics are counted and how they are read, in one of several processes. */
  metrics?: { registry: Registry; readMetrics(): Promise<string> };
}

/**
 * Serves what the database holds, in this process.
 * @throws ListenError, RefusalError when the manifest of trusted documents cannot be used
 */
export async function startGateway(
  config: GatewayConfig,
  { logger, metrics }: StartOptions,
): Promise<RunningGateway> {
  const documents = config.documents === null ? null : readManifest(config.documents);
  const store = openStore(config.databaseUrl);
  const {
    reader,
    versions,
    close: release,
  } = await store.openReading({
    maxTextBytes: config.maxAnswerBytes,
    maxStatementMs: config.deadlineMs,
  });
  try {
    await versions.refresh();
    const gateway = createGateway({
      db: { reader, versions, kind: store.kind },
      config,
      logger,
      documents,
      ...metrics,
    });
    const { host, port, shutdownGraceMs: graceMs } = config;
    const listening = await listen(gateway, { host, port, graceMs });
    return {
      url: listening.url,
      syncs: gateway.syncs,
      async close() {
        await listening.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** The logger that the settings ask for; nothing below a warning with `--quiet`. */
export function createGatewayLogger(
  { logLevel, logFormat }: GatewayConfig,
  isQuiet: boolean,
): ReturnType<typeof createLogger> {
  const level = isQuiet && ['trace', 'debug', 'info'].includes(logLevel) ? 'warn' : logLevel;
  return createLogger({ level, format: logFormat });
}
