import assert from "node:assert/strict";
import fc from "fast-check";
import { BufferPool } from "../core/camera.ts";
import { PpmReader } from "./ppm.ts";

/** A byte stream that gives `bytes` in pieces of the given sizes, over and over. */
function streamOf(bytes: Uint8Array<ArrayBuffer>, sizes: readonly number[]) {
  let at = 0, turn = 0;
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      if (at >= bytes.length) {
        controller.close();
        controller.byobRequest?.respond(0);
        return;
      }
      const size = sizes[turn++ % sizes.length];
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  }) as ReadableStream<Uint8Array<ArrayBuffer>>;
}

function ppm(widthPx: number, heightPx: number, fill: number): Uint8Array<ArrayBuffer> {
  const header = new TextEncoder().encode(`P6\n${widthPx} ${heightPx}\n255\n`);
  const bytes = new Uint8Array(header.length + widthPx * heightPx * 3).fill(fill);
  bytes.set(header);
  return bytes;
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

Deno.test("PpmReader gives every whole picture, however the stream is cut into pieces", async () => {
  const size = fc.integer({ min: 1, max: 40 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(size, size, fc.nat(255)), { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 5 }),
      fc.nat(30),
      async (pictures, sizes, cut) => {
        const last = ppm(9, 9, 1).subarray(0, Math.max(0, cut - 1));
        const bytes = joined(...pictures.map((picture) => ppm(...picture)), last);
        const pool = new BufferPool();
        const reader = new PpmReader(streamOf(bytes, sizes), pool);
        for (const [widthPx, heightPx, fill] of pictures) {
          const picture = await reader.next();
          assert.deepEqual([picture?.widthPx, picture?.heightPx], [widthPx, heightPx]);
          assert.equal(picture!.data.length, widthPx * heightPx * 3);
          assert.ok(picture!.data.every((byte) => byte === fill));
          pool.give(picture!.data.buffer);
        }
        assert.equal(await reader.next(), undefined);
      },
    ),
    { numRuns: 50 },
  );
});

Deno.test("PpmReader refuses what is no picture, and what is larger than any that was asked for", async () => {
  const encode = (text: string) => new TextEncoder().encode(text);
  for (
    const text of [
      "<html>",
      "P5\n1 1\n255\n",
      "P6\n0 1\n255\n",
      "P6\n9999 9999\n255\n",
      "P6\n1 1\n65535\n",
      `P6\n${"1".repeat(200)}`,
    ]
  ) {
    const reader = new PpmReader(streamOf(encode(text), [7]), new BufferPool());
    await assert.rejects(reader.next(), TypeError, text);
    await reader.cancel();
  }
});

Deno.test("BufferPool gives a buffer again and keeps only a few", () => {
  const pool = new BufferPool(2);
  const [first, second, third] = [pool.take(8), pool.take(8), pool.take(8)];
  for (const buffer of [first, second, third]) pool.give(buffer);
  const again = [pool.take(8), pool.take(8), pool.take(8)];
  assert.ok(again.includes(second) && again.includes(third) && !again.includes(first));
  assert.equal(pool.take(16).byteLength, 16);
  const moved = pool.take(8);
  structuredClone(moved, { transfer: [moved] });
  pool.give(moved);
  assert.equal(pool.take(8).byteLength, 8);
});
