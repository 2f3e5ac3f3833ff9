/**
 * A `fetch` whose successful answers are read to the end, and no further than `maxBytes` of them as they come out of their
 * compression: whoever answers decides on the length otherwise. Rejects when there is more.
 */
export function createBoundedFetch(maxBytes: number): (url: string, init: RequestInit) => Promise<Response> {
  return async (url, init) => {
    const response = await fetch(url, init);
    if (!response.ok) {
      await response.body?.cancel();
      return new Response(null, { status: response.status });
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      // Leaving the loop closes the connection.
      if (length > maxBytes) throw new Error(`The answer has more than ${maxBytes} bytes.`);
      chunks.push(chunk);
    }
    return new Response(Buffer.concat(chunks), { status: response.status });
  };
}
