import assert from "node:assert/strict";
import { isBlockable, readRequest, type Request, writeRequest } from "./request.ts";

const NOW_MS = 1_760_000_000_000;
const BLOCK: Request = {
  verb: "block",
  id: 4,
  startMs: NOW_MS,
  endMs: NOW_MS + 60_000,
  endConnections: false,
  names: ["example.com", "www.example.com"],
};

Deno.test("readRequest() reads what writeRequest() wrote", () => {
  for (
    const request of [BLOCK, { verb: "lift" }, { verb: "overdue" }, { verb: "flush" }] as const
  ) {
    assert.deepEqual(readRequest(writeRequest(request), NOW_MS), request);
  }
});

const HOSTILE: Record<string, string> = {
  "a path": `{"verb":"lift","path":"/etc/passwd"}\n`,
  "an unknown verb": `{"verb":"run"}\n`,
  "a name with a line break hidden in it": `${
    new TextDecoder().decode(writeRequest(BLOCK)).trimEnd()
  }\n127.0.0.1 bank.example\n`,
  "an end in a thousand years": new TextDecoder().decode(
    writeRequest({ ...BLOCK, endMs: NOW_MS * 20 }),
  ),
  "a number as text": `{"verb":"block","id":"4"}\n`,
  "no line break at the end": `{"verb":"lift"}`,
  "names for a verb that takes none": `{"verb":"lift"}\nexample.com\n`,
  "no JSON": "lift\n",
  "null": "null\n",
};
for (const [name, text] of Object.entries(HOSTILE)) {
  Deno.test(`readRequest() refuses ${name}`, () => {
    assert.throws(() => readRequest(new TextEncoder().encode(text), NOW_MS));
  });
}

Deno.test("isBlockable() takes host names, and neither addresses nor this machine", () => {
  for (const name of ["example.com", "a_b.example.co.uk", "xn--bcher-kva.example"]) {
    assert.ok(isBlockable(name), name);
  }
  for (
    const name of [
      "localhost",
      "a.localhost",
      "localhost.localdomain",
      "127.0.0.1",
      "router",
      "Example.com",
      "a b.com",
      "-a.com",
      ".com",
      "a..com",
      `${"a".repeat(64)}.com`,
      "a.com\n",
      "",
    ]
  ) assert.ok(!isBlockable(name), name);
});
