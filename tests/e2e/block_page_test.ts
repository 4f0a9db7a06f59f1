/** The Block page in a real browser, on a daemon that really blocks: in a namespace, where the hosts file is a copy. */
import { buildWeb } from "../../tools/build_web.ts";
import { needsNamespace, runInside } from "../blocker/namespace.ts";
import { axeSource } from "./axe.ts";
import { DESK_NEEDS } from "./desk.ts";

const world = needsNamespace("setsid", "ps", "findmnt");

function blockTest(name: string, module: string): void {
  Deno.test({
    name: `Block page: ${name}${DESK_NEEDS.suffix}${world.suffix}`,
    ignore: DESK_NEEDS.ignore || world.ignore,
    async fn() {
      // There is no network inside.
      await Promise.all([axeSource(), buildWeb("stale")]);
      await runInside(`../e2e/${module}`, { hosts: "bind mount", limitS: 240 });
    },
  });
}

blockTest(
  "blocks stand, last, end and are strict as it says, in every tab",
  "inside_block_page.ts",
);
blockTest("schedules, sites, lists, budget, checks and history", "inside_block_lists.ts");
