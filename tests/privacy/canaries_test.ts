import assert from "node:assert/strict";
import { join } from "node:path";
import { traces } from "./canaries.ts";

Deno.test("traces find a word in any form it may stand in, and nothing where it is not", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const found = traces();
    found.folder(folder);
    const write = (name: string, bytes: Uint8Array) =>
      Deno.writeFileSync(join(folder, name), bytes);
    const text = (value: string) => new TextEncoder().encode(value);
    Deno.mkdirSync(join(folder, "deep"));
    write("deep/plain", text("…xCaNarY-7y…"));
    for (const before of ["", "a", "ab", "abc"]) {
      write(`base64-${before.length}`, text(btoa(`${before}Canary-7 and more`)));
    }
    write("utf16", Uint8Array.from([..."Canary-7"].flatMap((c) => [c.charCodeAt(0), 0])));
    write("none", text("canary-8, and Canary 7"));
    found.say("stream", 'data: {"title":"CANARY-7"}');
    found.say("log", "nothing");
    assert.deepEqual(
      found.find("Canary-7").map((where) => where.replace(`${folder}/`, "")).sort(),
      ["base64-0", "base64-1", "base64-2", "base64-3", "deep/plain", "stream", "utf16"],
    );
    assert.deepEqual(found.find("Canuck-7"), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
