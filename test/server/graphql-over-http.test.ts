import { serverAudits } from 'graphql-http';
import { afterAll, describe, expect, it } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';

const gateway = await startTestGateway();
afterAll(() => gateway.close());

const audits = serverAudits({ url: gateway.url.replace('localhost', '127.0.0.1') });

describe('GraphQL over HTTP', () => {
  it('is audited in full', () => expect(audits).toHaveLength(61));

  for (const audit of audits) {
    it(`${audit.id} ${audit.name}`, async () => {
      const result = await audit.fn();
      expect(result).toMatchObject({ status: 'ok' });
    });
  }
});
