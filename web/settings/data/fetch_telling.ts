/**
 * `fetch` as `XMLHttpRequest` does it: the only way in which a browser tells how much of a file is sent.
 * @module
 */

/** A `fetch` that sends a file and says how many of its bytes have left. It takes what `createApi` gives it. */
export function fetchTelling(onBytes: (bytes: number) => void): typeof fetch {
  return (path, { method = "GET", headers, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const request = new XMLHttpRequest();
      request.open(method, String(path));
      for (const [name, value] of new Headers(headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded }) => onBytes(loaded);
      request.onload = () => resolve(new Response(request.response, { status: request.status }));
      // As `fetch` has it: what reaches nobody names no cause.
      request.onerror = () => reject(new TypeError("The request failed"));
      request.onabort = () => reject(signal?.reason);
      signal?.addEventListener("abort", () => request.abort());
      request.send(body as XMLHttpRequestBodyInit);
    });
}
