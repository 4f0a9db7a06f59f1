import assert from "node:assert/strict";
import { setupLink } from "../../daemon/core/setup_link.ts";
import { readConfig } from "../../web/phone/config.ts";

Deno.test("readConfig() reads what `prodtracker pair` writes into its code", () => {
  const paired = { device_id: "pixel-8", name: "Mein Telefon é 😀", secret: "ab".repeat(32) };
  const link = new URL(setupLink({ ...paired, url: "http://192.168.7.9:8001" }));
  assert.equal(link.origin + link.pathname, "http://192.168.7.9:8001/phone/setup");
  assert.deepEqual(readConfig(link.hash.slice(1), "http://x"), {
    ...{ deviceId: "pixel-8", name: paired.name, secret: paired.secret },
    url: "http://192.168.7.9:8001",
    code: undefined,
  });
  const offered = new URL(setupLink({ ...paired, url: null, code: "cd".repeat(16) }));
  assert.equal(readConfig(offered.hash.slice(1), "http://x")?.code, "cd".repeat(16));
  const local = new URL(setupLink({ ...paired, url: null }));
  assert.equal(
    readConfig(local.hash.slice(1), "http://127.0.0.1:8000")?.url,
    "http://127.0.0.1:8000",
  );
});

Deno.test("readConfig() takes nothing else", () => {
  for (
    const fragment of ["", "%%%", "e30", btoa('{"v":2}'), btoa('{"v":1,"device_id":1}'), "code=abc"]
  ) {
    assert.equal(readConfig(fragment, "http://x"), undefined, fragment);
  }
});
