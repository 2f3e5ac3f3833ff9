import { GraphQLError } from 'graphql';
import type { OperationReport } from '../../graphql/context.ts';
import type { Reader } from '../access/readers.ts';
import type { GatewayLogger } from '../operations/create-logger.ts';
import type { Metrics } from '../operations/metrics.ts';
import type { Outcome } from '../yoga/asked-request.ts';
import type { Executed } from '../yoga/execute-request.ts';
import { ClientDisconnectedError } from './in-flight-requests.ts';

/** Told of everything that becomes of requests; turns it into log lines and metrics. */
export interface Observer {
  /** An answer was kept. The hottest call of all: it only counts. */
  hit(): void;
  /** None was kept; `started` is false when the request joined another one under way. */
  miss(started: boolean): void;
  executed(executed: Executed, requestId: string, reader: Reader, ms: number): void;
  /** An operation ended in an error before it had an answer: a limit, or a client that went away. */
  refused(error: unknown, requestId: string, reader: Reader, ms: number): void;
  /** A request was refused with this answer. Its operation's own line, if it had one, says so already. */
  rejected(error: GraphQLError, status: number, requestId: string): void;
  /** Something failed that cannot be told to a client. */
  unexpected(error: unknown, requestId?: string): void;
}

/** Characters of an operation's name in the log. */
const MAX_LOGGED_NAME = 64;

export function createObserver(logger: GatewayLogger, metrics: Metrics): Observer {
  const told = new WeakMap<GraphQLError, string>();
  return {
    hit() {
      metrics.cacheHits += 1;
    },
    miss(started) {
      if (started) metrics.cacheMisses += 1;
      else metrics.cacheShared += 1;
    },
    executed({ status, outcome }, requestId, reader, ms) {
      const name = outcome.operation?.name?.value ?? null;
      const report = findReport(outcome);
      metrics.operation(name, outcome.errorCodes.length === 0 ? 'ok' : 'error', ms / 1000, report);
      if (!logger.isLevelEnabled('info')) return;
      logger.info(
        {
          requestId,
          operation: name?.slice(0, MAX_LOGGED_NAME) ?? null,
          status,
          ms: round(ms),
          ...(report && {
            statements: report.statements,
            cost: report.cost,
            databaseMs: round(report.databaseMs),
          }),
          ...(reader.name !== null && { reader: reader.name }),
          ...(outcome.errorCodes.length > 0 && { errors: [...new Set(outcome.errorCodes)] }),
        },
        'operation',
      );
    },
    refused(error, requestId, reader, ms) {
      const code = codeOf(error);
      if (error instanceof GraphQLError) told.set(error, requestId);
      metrics.operation(null, code, ms / 1000, null);
      logger.info(
        { requestId, ms: round(ms), errors: [code], ...(reader.name !== null && { reader: reader.name }) },
        'operation',
      );
    },
    rejected(error, status, requestId) {
      // An error is shared by all who asked the same; each of their requests has its line.
      if (told.get(error) === requestId) return;
      logger.info({ requestId, status, errors: [String(error.extensions.code)] }, 'request refused');
    },
    unexpected(err, requestId) {
      logger.error({ err, requestId }, 'unexpected error');
    },
  };
}

function codeOf(error: unknown): string {
  if (error instanceof GraphQLError) return String(error.extensions.code);
  return error instanceof ClientDisconnectedError ? 'CLIENT_GONE' : 'INTERNAL_SERVER_ERROR';
}

function findReport({ context }: Outcome): OperationReport | null {
  return context && 'report' in context ? (context.report as OperationReport) : null;
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
