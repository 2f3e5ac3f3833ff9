import type { Gateway } from '../../server/create-gateway.ts';
import { listen } from '../../server/listen.ts';

/**
 * Tries whether the address can be had, so that it is known before anything else is done.
 * @throws ListenError
 */
export async function probePort(host: string, port: number): Promise<void> {
  const nobody: Pick<Gateway, 'handle' | 'drain' | 'pending' | 'noteDrop' | 'close'> = {
    handle: () => {},
    drain: () => {},
    pending: () => 0,
    noteDrop: () => {},
    close: async () => {},
  };
  // It is closed at once, and those five are all that listening and closing need.
  const listening = await listen(nobody as Gateway, { host, port, graceMs: 0 });
  await listening.close();
}
