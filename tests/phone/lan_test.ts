/** What `serve --lan` shows to the local network. */
import assert from "node:assert/strict";
import { needsNamespace, runInside } from "../blocker/namespace.ts";
import { Cli } from "../../cli/testing.ts";

const need = needsNamespace("ip", "nsenter", "curl", "openssl");

Deno.test({
  name:
    `from another machine the phone's routes answer, by TLS too, and nothing else does${need.suffix}`,
  ignore: need.ignore,
  fn: async () => {
    await runInside("../phone/inside_lan.ts");
  },
});

Deno.test("serve --lan says what it needs", async () => {
  using cli = new Cli();
  const { code, stderr } = await cli.run(["serve", "--port", "0", "--no-track", "--lan"]);
  assert.equal(code, 2);
  assert.match(stderr, /PC_IP/);
});
