/**
 * Server-sent events read from a fetch body: `EventSource` cannot send the token's header.
 * @module
 */

/** One dispatched message. */
export interface SseMessage {
  /** The `event:` field; "message" when there was none. */
  readonly name: string;
  /** The `data:` lines, joined by line feeds. */
  readonly data: string;
}

/**
 * Yields the messages of a `text/event-stream` body until it ends.
 *
 * Follows the WHATWG parsing rules for `event` and `data`; `id`, `retry` and comments are skipped, and a
 * message cut off by the end of the body is dropped. `onBytes` hears every chunk, comments included, so
 * that the caller can tell a silent line from a dead one.
 */
export async function* readSse(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onBytes: () => void = () => {},
): AsyncGenerator<SseMessage> {
  let rest = "";
  let name = "";
  let data: string[] = [];
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes();
      rest += value;
      // A carriage return at the very end may be half of a CRLF: it waits for the next chunk.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line === "") {
          if (data.length > 0) yield { name: name || "message", data: data.join("\n") };
          name = "";
          data = [];
          continue;
        }
        const colon = line.indexOf(":");
        const field = colon < 0 ? line : line.slice(0, colon);
        const text = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
        if (field === "event") name = text;
        if (field === "data") data.push(text);
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
