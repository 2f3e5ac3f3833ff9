import { randomBytes } from 'node:crypto';

/** Ids that tie a response, its log lines and its masked errors together. */
export interface RequestIds {
  /** The client's own id where it is plain enough to be logged and sent back, else a new one. */
  accept(sent: string | string[] | undefined): string;
}

const ACCEPTABLE = /^[\w.:-]{1,64}$/;

/** Ids are unique among processes by a random part, and within one by a counter, which costs next to nothing. */
export function createRequestIds(): RequestIds {
  const prefix = randomBytes(6).toString('base64url');
  let count = 0;
  return {
    accept(sent) {
      if (typeof sent === 'string' && ACCEPTABLE.test(sent)) return sent;
      count += 1;
      return `${prefix}-${count.toString(36)}`;
    },
  };
}
