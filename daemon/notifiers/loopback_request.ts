/**
 * A request to a program on this computer, straight to it: `fetch` would hand it to HTTP_PROXY, which knows none of
 * it and must not see what it carries, and its way past a proxy sends a request line that few servers understand.
 * @module
 */

export interface LoopbackInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** A longer answer is left in the middle. */
  readonly maxBytes: number;
}

/** As `fetch` without following anything; the body is read whole, and `null` when it broke off or is too long. */
export async function requestLoopback(url: string, init: LoopbackInit): Promise<Response> {
  const { request } = await import("node:http");
  const { method, headers, body, signal, maxBytes } = init;
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const length = body === undefined ? {} : { "Content-Length": new Blob([body]).size };
  const outgoing = request(url, { method, headers: { ...headers, ...length }, agent: false });
  const stop = () => outgoing.destroy(signal.reason);
  signal.addEventListener("abort", stop);
  outgoing.on("error", reject);
  outgoing.on("response", (incoming) => {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let bytesLeft = maxBytes;
    const done = (bytes: Blob | null) => {
      const { statusCode: status = 0, headers: { "retry-after": wait } } = incoming;
      // What a Response may not have a body for, or at all, is no answer of an API.
      if (status < 200 || status > 599) return reject(new TypeError(`status ${status}`));
      const hasBody = bytes !== null && ![204, 205, 304].includes(status);
      const headers = new Headers(wait === undefined ? {} : { "retry-after": wait });
      resolve(new Response(hasBody ? bytes : null, { status, headers }));
    };
    incoming.on("data", (chunk: Uint8Array<ArrayBuffer>) => {
      chunks.push(chunk);
      bytesLeft -= chunk.length;
      if (bytesLeft >= 0) return;
      done(null);
      outgoing.destroy();
    });
    incoming.on("end", () => done(incoming.complete ? new Blob(chunks) : null));
    incoming.on("error", () => done(null));
    incoming.on("aborted", () => done(null));
  });
  outgoing.end(body);
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
