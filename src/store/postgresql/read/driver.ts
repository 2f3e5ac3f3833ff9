import type { Duplex } from 'node:stream';
import pg from 'pg';

/** What the driver lets a statement of another's do with a connection, as pg-cursor does: https://node-postgres.com/apis/cursor */
export interface Wire {
  readonly stream: Duplex;
  parse(message: { name: string; text: string; types: readonly number[] }): void;
  bind(message: { portal: string; statement: string; values: readonly (string | null)[] }): void;
  execute(message: { portal: string; rows: number }): void;
  close(message: { type: 'S'; name: string }): void;
  sync(): void;
}

/** A statement that the driver runs; it is told of each message. */
export interface WireStatement {
  submit(wire: Wire): void;
  handleDataRow(message: { fields: readonly (string | null)[] }): void;
  handleCommandComplete(): void;
  handleReadyForQuery(): void;
  handleError(error: unknown): void;
}

/** Parts of a client that its types leave out. */
interface ClientParts {
  readonly processID: number;
  readonly secretKey: number;
  readonly connection: pg.Connection & {
    connect(port: number, host: string): void;
    connect(path: string): void;
    cancel(processID: number, secretKey: number): void;
  };
}

/** Hands a statement to a client. */
export function submit(client: pg.Client, statement: WireStatement): void {
  client.query(statement as unknown as pg.Submittable);
}

/** Ends the connection at once, and whatever waits for it. */
export function destroy(client: pg.Client): void {
  partsOf(client).connection.stream.destroy();
}

/**
 * Asks the server to end what a client runs, by a connection of its own: https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 * Resolves when the server has passed it on. @throws the system's error when there is no connection
 */
export function cancel(client: pg.Client, config: pg.ClientConfig): Promise<void> {
  const { processID, secretKey } = partsOf(client);
  const { connection } = partsOf(new pg.Client(config));
  return new Promise((resolve, reject) => {
    const send = () => connection.cancel(processID, secretKey);
    connection.once(client.ssl ? 'sslconnect' : 'connect', send);
    connection.once('error', reject);
    // The server closes it without an answer.
    connection.once('end', resolve);
    if (client.host.startsWith('/')) connection.connect(`${client.host}/.s.PGSQL.${client.port}`);
    else connection.connect(client.port, client.host);
  });
}

function partsOf(client: pg.Client): ClientParts {
  return client as unknown as ClientParts;
}
