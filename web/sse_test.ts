/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { readSse, type SseMessage } from "./sse.ts";

async function read(chunks: readonly Uint8Array<ArrayBuffer>[]): Promise<SseMessage[]> {
  return await Array.fromAsync(readSse(ReadableStream.from(chunks)));
}

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("readSse() reads names and data, joins data lines, and skips comments and other fields", async () => {
  const text = "retry: 2000\n\n: keep-alive\n\nevent: state\ndata: {}\n\n" +
    "data: one\ndata:two\nid: 7\n\nevent: without data\n\ndata\n\n";
  assert.deepEqual(await read([bytes(text)]), [
    { name: "state", data: "{}" },
    { name: "message", data: "one\ntwo" },
    { name: "message", data: "" },
  ]);
});

Deno.test("readSse() drops a message that the end of the body cut off", async () => {
  assert.deepEqual(await read([bytes("data: whole\n\ndata: half\n")]), [
    { name: "message", data: "whole" },
  ]);
});

Deno.test("readSse() gives the same messages wherever the chunks are cut and whatever ends the lines", async () => {
  const message = fc.record({
    name: fc.stringMatching(/^[a-z]{1,8}$/),
    data: fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\r\n]/g, "")),
  }, { noNullPrototype: true });
  await fc.assert(fc.asyncProperty(
    fc.array(message, { maxLength: 6 }),
    fc.constantFrom("\n", "\r\n", "\r"),
    fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
    async (messages, eol, lengths) => {
      const whole = bytes(
        messages.map(({ name, data }) => `event: ${name}${eol}data: ${data}${eol}${eol}`).join("") +
          // A lone carriage return at the end waits to see whether a line feed follows.
          `:${eol}`,
      );
      const chunks = [];
      for (let at = 0, i = 0; at < whole.length; i++) {
        chunks.push(whole.slice(at, at += lengths[i % lengths.length]));
      }
      assert.deepEqual(await read(chunks), messages);
    },
  ));
});

Deno.test("readSse() lets go of the body when its reader stops early", async () => {
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(bytes("data: 1\n\n")),
    cancel: () => void (isCancelled = true),
  });
  for await (const _ of readSse(body)) break;
  assert.equal(isCancelled, true);
});
