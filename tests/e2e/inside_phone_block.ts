/** In a namespace: "Block now" of the Phone page really blocks, tells the phones, and says where that cannot be. */
import assert from "node:assert/strict";
import type { WireBlockStatus } from "../../daemon/api/blocker.ts";
import { nowS, Phone } from "../phone/phone.ts";
import { PhoneStage, WAIT } from "./phone_stage.ts";

const isBlocked = () => Deno.readTextFileSync("/etc/hosts").includes("0.0.0.0 reddit.com\n");

/** Makes the hosts file, which is a mount here, one that nobody can write, or takes that back. */
async function remount(how: "ro" | "rw"): Promise<void> {
  const args = ["-o", `remount,bind,${how}`, "/etc/hosts"];
  const { code } = await new Deno.Command("mount", { args }).output();
  assert.equal(code, 0);
}

await using stage = await PhoneStage.open();
const phone = await Phone.pair(stage.daemon, "pixel-8");
const { page } = await stage.visit();
const panel = page.getByRole("region", { name: "Block now" });
const button = panel.getByRole("button", { name: "Block now" });
await button.waitFor(WAIT);

await remount("ro");
await button.click();
await panel.getByRole("alert").getByText("Could not block.").waitFor(WAIT);
assert.ok(!isBlocked());

await remount("rw");
await panel.getByLabel("For").selectOption("50 minutes");
await button.click();
await panel.getByText("Distracting sites are blocked until").waitFor(WAIT);
assert.ok(isBlocked());
const { block } = await stage.daemon.get<WireBlockStatus>("/blocker/status");
assert.equal(block?.actor, "user", "it is no phone that asked");
const leftMin = (Date.parse(block.end) - Date.now()) / 60_000;
assert.ok(leftMin > 48 && leftMin <= 50, String(leftMin));
const beat = { timestamp: nowS(), screen_on: true, foreground_app: "x" };
assert.equal((await phone.beat(beat)).body.block_until, block.end);

const ended = await stage.daemon.fetch("/blocker/manual_unblock", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: "{}",
});
assert.ok(ended.ok, await ended.text());
await button.waitFor(WAIT);
assert.ok(!isBlocked());
