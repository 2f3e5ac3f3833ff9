import { giantDomain, smallDomain } from '../corpus/article-head.ts';
import { type BenchRequest, postOperation } from './measure.ts';
import { articlePage, demoPage, nestedPage, type Operation, providerPage } from './operations.ts';

/**
 * What a frontend's readers ask over a while: lists, provider pages and the given articles, each with the number of the
 * content version it was answered from.
 */
export function mixRequests(slugs: readonly string[]): BenchRequest[] {
  const lists = [nestedPage, demoPage, providerPage(giantDomain), providerPage(smallDomain)];
  const operations = slugs.flatMap((slug, i) => {
    const list = i % 3 === 0 ? lists[(i / 3) % lists.length] : undefined;
    return list ? [articlePage(slug), list] : [articlePage(slug)];
  });
  return operations.map((operation) => postOperation(withVersion(operation)));
}

/** The same operation with the version's number as the first thing in its answer. */
function withVersion(operation: Operation): Operation {
  return { ...operation, query: operation.query.replace('{', '{ contentVersion { number } ') };
}
