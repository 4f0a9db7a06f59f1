/**
 * `block setup`: the right to block and unblock, given once by root.
 * @module
 */
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import { systemEnv } from "../../daemon/config/env.ts";
import type { Define } from "../context.ts";
import { examples } from "../help.ts";
import { note, print } from "../output.ts";
import { bold, dim } from "../style.ts";
import { clean } from "../text.ts";

export const defineSetup: Define = (command) => {
  command.summary("give prodtracker the right to block")
    .description(
      "Installs the part that writes the hosts file, as root's; run it once, with sudo.",
    )
    .option("--user <name>", "who may block (default: who called sudo)")
    .option("--dry-run", "only say what would be installed")
    .option("--uninstall", "take it all away again")
    .action(async ({ user, dryRun, uninstall }) => {
      const { blockSetup } = await import("../client.ts");
      const setup = await blockSetup();
      if (uninstall) {
        const removed = await setup.runUninstall();
        print(...removed.map((path) => `removed ${clean(path)}`));
        if (removed.length === 0) note("Nothing was installed");
        return;
      }
      const name = user ?? systemEnv("SUDO_USER");
      if (name === undefined || (name === "root" && user === undefined)) {
        throw new FatalError(
          "Cannot tell who may block: call it by sudo, or name the user with --user",
          EXIT_CODES.wrongUsage,
        );
      }
      const plan = setup.setupPlan(name);
      if (!dryRun) await setup.runSetup(name, plan);
      for (const { path, what, mode } of plan) {
        print(`${bold(clean(path))}  ${dim(`${mode.toString(8)} root`)}  ${what}`);
      }
      note(
        dryRun
          ? dim("Nothing was changed")
          : `${clean(name)} may block and unblock now; to take it back: block setup --uninstall`,
      );
    });
  examples(
    command,
    ["block setup --dry-run", "what would be put where"],
    ["block setup --uninstall", "take it all away again"],
  );
};
