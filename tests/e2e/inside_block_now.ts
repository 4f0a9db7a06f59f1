/** In a namespace: "Block now" of a nudge really blocks, and says where that cannot be. */
import assert from "node:assert/strict";
import type { WireBlockStatus } from "../../daemon/api/blocker.ts";
import type { WireLoopStep } from "../../daemon/api/loop.ts";
import { waitFor } from "../daemon_process.ts";
import { nudgeOf, NudgeStage, WAIT } from "./nudge_stage.ts";

const isBlocked = () => Deno.readTextFileSync("/etc/hosts").includes("0.0.0.0 reddit.com\n");

/** Makes the hosts file, which is a mount here, one that nobody can write, or takes that back. */
async function remount(how: "ro" | "rw"): Promise<void> {
  const args = ["-o", `remount,bind,${how}`, "/etc/hosts"];
  const { code } = await new Deno.Command("mount", { args }).output();
  assert.equal(code, 0);
}

await using stage = await NudgeStage.open();
const { page } = await stage.visit();
await stage.dawdle((config) => config.stronger_after_minutes = 600);
const button = nudgeOf(page).getByRole("button", { name: "Block now" });
await button.waitFor(WAIT);

await remount("ro");
await button.click();
await nudgeOf(page).getByRole("alert").getByText(/^Cannot .*hosts/).waitFor(WAIT);
assert.ok(!isBlocked());
assert.ok(await button.isEnabled(), "the nudge stays, and may be answered again");

await remount("rw");
await button.click();
await page.getByText("Blocked. prodtracker block off ends it.").waitFor(WAIT);
assert.ok(isBlocked());
assert.equal(await nudgeOf(page).count(), 0);
const [step] = await stage.daemon.get<WireLoopStep[]>("/loop/steps");
const { block } = await stage.daemon.get<WireBlockStatus>("/blocker/status");
assert.equal(step.answer, "blocked");
assert.equal(step.block_id, block?.id);
assert.equal(block?.reason, step.explanation);
await page.getByText("Nudges held back: a block runs").waitFor(WAIT);

const ended = await stage.daemon.fetch("/blocker/manual_unblock", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: "{}",
});
assert.ok(ended.ok, await ended.text());
await waitFor(() => !isBlocked() || undefined);
