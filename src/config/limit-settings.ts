import { setting } from './setting.ts';
import { whole } from './value-schemas.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** What a request may cost, so that no stranger can use the server up. */
export const LIMIT_SETTINGS = {
  maxBodyBytes: setting({
    env: 'MAX_BODY_BYTES',
    schema: whole(1024, 64 * MIB),
    default: String(256 * KIB),
    text: 'Bytes of a request body.',
  }),
  maxTokens: setting({
    env: 'MAX_TOKENS',
    schema: whole(100, 100_000),
    default: '2000',
    text: 'Tokens of a document.',
  }),
  maxDepth: setting({
    env: 'MAX_DEPTH',
    schema: whole(1, 100),
    default: '15',
    text: 'Levels of fields in an operation; introspection has its own limit.',
  }),
  maxAliases: setting({
    env: 'MAX_ALIASES',
    schema: whole(0, 10_000),
    default: '30',
    text: 'Aliases in an operation, fragments counted where they are used.',
  }),
  maxDirectives: setting({
    env: 'MAX_DIRECTIVES',
    schema: whole(0, 10_000),
    default: '20',
    text: 'Directives in an operation, fragments counted where they are used.',
  }),
  maxCost: setting({
    env: 'MAX_COST',
    schema: whole(1),
    default: '20000',
    text: 'Rows that an operation may read, computed before it runs. For each row above, what is gone through to sort, to filter or to count what a filter leaves is charged a tenth of its rows, 5,000 at most, as much again for each condition on a relation, and a `totalCount` 100, with a filter 500; a text to render is charged 50.',
  }),
  maxAnswerBytes: setting({
    env: 'MAX_ANSWER_BYTES',
    schema: whole(64 * KIB, 256 * MIB),
    default: String(8 * MIB),
    text: 'Bytes of the JSON that an operation is answered with.',
  }),
  deadlineMs: setting({
    env: 'DEADLINE_MS',
    schema: whole(50, 600_000),
    default: '10000',
    text: 'Milliseconds an operation may take, waiting included.',
  }),
  maxConcurrency: setting({
    env: 'MAX_CONCURRENCY',
    schema: whole(1, 10_000),
    default: '32',
    text: 'Operations that run at the same time in one process. Cached answers do not count.',
  }),
  maxQueue: setting({
    env: 'MAX_QUEUE',
    schema: whole(0, 100_000),
    default: '128',
    text: 'Operations that may wait for a place; the next one is answered 503.',
  }),
  maxSubscriptions: setting({
    env: 'MAX_SUBSCRIPTIONS',
    schema: whole(0, 100_000),
    default: '1000',
    text: 'Subscriptions that may be open at the same time in one process.',
  }),
  maxClientSubscriptions: setting({
    env: 'MAX_CLIENT_SUBSCRIPTIONS',
    schema: whole(1, 1_000_000),
    default: '200',
    text: 'Subscriptions that one client, by token or address, may have open at the same time in one process.',
  }),
  maxUnreadBytes: setting({
    env: 'MAX_UNREAD_BYTES',
    schema: whole(MIB),
    default: String(128 * MIB),
    text: 'Bytes of answers that clients may leave untaken in one process; over it operations are answered 503.',
  }),
  rateLimit: setting({
    env: 'RATE_LIMIT',
    schema: whole(0),
    default: '0',
    text: 'Requests a minute by token, else by client address, in one process; 0 is no limit.',
  }),
};
