import { ListenError } from '../../../server/listen.ts';
import { probePort } from '../../serve/probe-port.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** Whether the address is free, or a gateway is at work there. */
export async function examinePort(host: string, port: number): Promise<Finding> {
  try {
    await probePort(host, port);
    return ok('port', `${port} on ${host} is free`);
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    if (await isGateway(host, port)) return ok('port', `a gateway is running on port ${port}`);
    const another = port < 65_535 ? port + 1 : 4_000;
    return fail('port', error.message, `npm start -- --port ${another}`);
  }
}

/** Whether GraphiQL's page is there and complete: it must ask no other host for anything. */
export async function examineGraphiql(): Promise<Finding> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const page = renderGraphiQL({ endpoint: '/graphql' });
  const outside = /<(?:script|link|img)[^>]+(?:src|href)="https?:/i.exec(page.slice(0, 10_000));
  const size = `${(page.length / 1_000_000).toFixed(1)} MB in one page`;
  if (outside) return warn('graphiql', `${size}, which asks other hosts for parts of it`, 'npm ci');
  return ok('graphiql', `${size}, no other host is asked`);
}

async function isGateway(host: string, port: number): Promise<boolean> {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  try {
    const url = `http://${name.includes(':') ? `[${name}]` : name}:${port}/ready`;
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    const answer: unknown = await response.json();
    return typeof answer === 'object' && answer !== null && 'status' in answer;
  } catch {
    return false;
  }
}
