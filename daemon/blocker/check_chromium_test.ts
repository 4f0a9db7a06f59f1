import assert from "node:assert/strict";
import { judgePage } from "./check_chromium.ts";

Deno.test("judgePage() tells a refused connection from a reached page and from other failures", () => {
  const failed = (error: string) =>
    `[12:34:ERROR:headless/app/headless_command_handler.cc] Failed to load: net::${error}\n`;
  const noise = "[12:34:ERROR:dbus/bus.cc:405] Failed to connect to the bus\n";
  const status = (page: string, stderr: string) => judgePage("a.example", page, stderr).status;
  assert.equal(status("", noise + failed("ERR_CONNECTION_REFUSED")), "enforced");
  assert.equal(status("", noise + failed("ERR_ADDRESS_INVALID")), "enforced");
  assert.equal(status("", failed("ERR_INTERNET_DISCONNECTED")), "unknown");
  assert.equal(status("<html><body>hello</body></html>", noise), "not enforced");
  assert.equal(status("", noise), "unknown");
});
