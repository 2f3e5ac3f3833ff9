import { isEntitled, type Reader } from '../access/readers.ts';
import { compressAnswer, isCompressible, quickEncoding } from '../http/compression.ts';
import type { CorsPolicy } from '../http/cors.ts';
import { type Answer, type Asker, header, type Question } from '../http/exchange.ts';
import type { Accepted } from '../http/negotiate-accept.ts';
import { notAcceptable } from '../http/refusals.ts';
import { CONTENT_KEY } from '../http/surrogate-key.ts';
import type { Execute, Executed } from '../yoga/execute-question.ts';
import { isQuery } from '../yoga/use-execution.ts';
import { answerHeaders } from './answer-headers.ts';
import { cacheKey, isShareable } from './cache-key.ts';
import type { AnswerShelf, KeptAnswers } from './kept-answers.ts';
import type { Observer } from './observer.ts';
import { ClientGoneError } from './share-flights.ts';
import {
  addEncoding,
  chooseAnswer,
  createStoredAnswer,
  missingEncoding,
  type StoredAnswer,
} from './stored-answer.ts';
import { surrogateKeys } from './surrogate-keys.ts';

export interface GraphQLAnswererOptions {
  execute: Execute;
  /** Null when the cache is switched off. */
  kept: KeptAnswers | null;
  cors: CorsPolicy;
  cacheControl: string;
  observer: Observer;
  /** For whom a question is asked; see client-key.ts. */
  clientOf: (question: Question, reader: Reader) => string;
  readAccept: (accept: string | undefined) => Accepted;
}

/** Of an answer whose names become surrogate keys. */
const MAX_KEYED_BYTES = 256 * 1024;

/** Answers a checked question: at once when the answer is kept, else when it has been executed. */
export type GraphQLAnswerer = (question: Question, reader: Reader, asker: Asker) => Answer | Promise<Answer>;

export function createGraphQLAnswerer(options: GraphQLAnswererOptions): GraphQLAnswerer {
  const { kept, observer, readAccept } = options;

  return (question, reader, asker) => {
    const accepted = readAccept(header(question, 'accept'));
    if (accepted.json === null && accepted.stream === null) throw notAcceptable();
    if (!kept || !isShareable(question, accepted, reader)) return answerAlone(question, reader, asker);
    const shelf = kept.of(reader);
    // Asked for each question: an answer of an older version is never given after a newer one was committed.
    if (shelf.watch.check()) return answerShared(shelf, question, accepted, reader, asker);
    return shelf.watch
      .refresh()
      .then((known) =>
        known ? answerShared(shelf, question, accepted, reader, asker) : answerAlone(question, reader, asker),
      );
  };

  function answerShared(
    shelf: AnswerShelf,
    question: Question,
    accepted: Accepted,
    reader: Reader,
    asker: Asker,
  ): Answer | Promise<Answer> {
    const key = cacheKey(question, accepted, reader, options.cors.allowedOrigin(question));
    const { cache } = shelf;
    const stored = cache.get(key);
    if (stored) {
      observer.hit();
      const missing = missingEncoding(stored, question);
      if (missing) addEncoding(stored, missing).then(() => cache.recount(key, stored), observer.unexpected);
      return chooseAnswer(stored, question);
    }
    const client = options.clientOf(question, reader);
    const { result, started, isOwn } = shelf.flights.join(key, client, asker, (abort, begun) =>
      fly(shelf, key, question, reader, asker, abort, begun),
    );
    observer.miss(started);
    const answered = result.then((flown) => {
      if ('tag' in flown) return asMiss(chooseAnswer(flown, question));
      // A subscription streams to whoever accepts everything; its stream belongs to the one who started it.
      if (!started && !Buffer.isBuffer(flown.body)) return answerAlone(question, reader, asker);
      return compressed(flown, question);
    });
    if (isOwn) return answered;
    // It may have been the end of another client's patience.
    return answered.catch(() => answerAlone(question, reader, asker));
  }

  async function fly(
    { cache, watch }: AnswerShelf,
    key: string,
    question: Question,
    reader: Reader,
    asker: Asker,
    abort: AbortController,
    begun: () => void,
  ): Promise<StoredAnswer | Answer> {
    const { generation } = watch;
    const executed = await run(question, reader, asker, abort, begun);
    if (!isCacheable(executed)) return finish(executed, question, reader);
    const stored = store(executed, question, reader);
    await addQuickEncoding(stored, question);
    // Only if the version is the one of before the execution is it the answer of the version watched.
    const keep = () => {
      if (watch.generation === generation) cache.set(key, stored);
    };
    if (watch.check()) keep();
    // A commit need not have changed the version for this audience. Nobody waits for the look at it.
    else void watch.refresh().then((known) => known && keep());
    return stored;
  }

  async function answerAlone(question: Question, reader: Reader, asker: Asker): Promise<Answer> {
    const abort = new AbortController();
    asker.onGone(() => abort.abort(new ClientGoneError()));
    const executed = await run(question, reader, asker, abort);
    // Never compressed: a decrypted text beside words of somebody else's choice can be guessed by lengths (BREACH).
    if (reader.scopes.secured) return finish(executed, question, reader);
    if (!isCacheable(executed)) return compressed(finish(executed, question, reader), question);
    const stored = store(executed, question, reader);
    if (chooseAnswer(stored, question).status !== 304) await addQuickEncoding(stored, question);
    return withoutCacheMark(chooseAnswer(stored, question));
  }

  async function run(
    question: Question,
    reader: Reader,
    asker: Asker,
    abort: AbortController,
    begun?: () => void,
  ): Promise<Executed> {
    const started = performance.now();
    try {
      const executed = await options.execute(question, reader, asker.requestId, abort, begun);
      observer.executed(executed, reader, performance.now() - started);
      return executed;
    } catch (error) {
      observer.refused(error, asker.requestId, reader, performance.now() - started);
      throw error;
    }
  }

  function store(executed: Executed & { body: Buffer }, question: Question, reader: Reader): StoredAnswer {
    const headers = answerHeaders(options, question, reader, true);
    const forCaches = question.method === 'GET' && !isEntitled(reader);
    if (forCaches) {
      const keys = keysOf(executed);
      if (keys !== '') headers.push('surrogate-key', keys);
    }
    return createStoredAnswer({
      status: executed.status,
      contentType: executed.contentType,
      body: executed.body,
      headers,
      conditional: forCaches,
    });
  }

  function keysOf({ body, state, schema }: Executed & { body: Buffer }): string {
    // Parsing it would keep the others waiting, and its names would be more than a header has room for.
    if (body.length > MAX_KEYED_BYTES) return CONTENT_KEY;
    const { data } = JSON.parse(body.toString('utf8'));
    return surrogateKeys(schema, state, data);
  }

  function finish(
    { status, contentType, headers, body }: Executed,
    question: Question,
    reader: Reader,
  ): Answer {
    const length = Buffer.isBuffer(body) ? ['content-length', String(body.length)] : [];
    const own = answerHeaders(options, question, reader, false);
    return { status, headers: ['content-type', contentType, ...headers, ...own, ...length], body };
  }
}

/** Queries that succeeded, whole. */
function isCacheable(executed: Executed): executed is Executed & { body: Buffer } {
  return (
    executed.status === 200 &&
    Buffer.isBuffer(executed.body) &&
    executed.state.errorCodes.length === 0 &&
    isQuery(executed)
  );
}

async function addQuickEncoding(stored: StoredAnswer, question: Question): Promise<void> {
  const encoding = quickEncoding(header(question, 'accept-encoding'));
  if (encoding && isCompressible(stored.plain.length)) await addEncoding(stored, encoding);
}

function compressed(answer: Answer, question: Question): Promise<Answer> {
  return compressAnswer(answer, header(question, 'accept-encoding'));
}

function asMiss(answer: Answer): Answer {
  return {
    ...answer,
    headers: answer.headers.map((value, at, all) => (all[at - 1] === 'x-cache' ? 'MISS' : value)),
  };
}

function withoutCacheMark(answer: Answer): Answer {
  const at = answer.headers.indexOf('x-cache');
  return { ...answer, headers: at === -1 ? answer.headers : answer.headers.toSpliced(at, 2) };
}
