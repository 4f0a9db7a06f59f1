/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { readBlob } from "./read_blob.ts";

Deno.test("readBlob() gives every byte in order, and counts them", async () => {
  // More than is held at once, in pieces that fit nowhere.
  const pieces = Array.from({ length: 13 }, (_, i) => new Uint8Array(1_000_003).fill(i));
  const headers = { "Content-Type": "text/csv; charset=utf-8" };
  const told: number[] = [];
  const blob = await readBlob(
    new Response(ReadableStream.from(pieces), { headers }),
    (bytes) => told.push(bytes),
  );
  assert.deepEqual(told, pieces.map((_, i) => (i + 1) * 1_000_003));
  assert.equal(blob.type, headers["Content-Type"]);
  assert.deepEqual(await blob.bytes(), await new Blob(pieces).bytes());
  assert.equal((await readBlob(new Response(null), () => {})).size, 0);
});

Deno.test("readBlob() does not pass a broken answer off as a whole one", async () => {
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new Uint8Array(9));
      controller.error(new TypeError("the daemon ended"));
    },
  }, { highWaterMark: 0 });
  await assert.rejects(readBlob(new Response(body), () => {}), TypeError);
});
