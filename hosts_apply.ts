/**
 * The one part of ProdTracker that may run as root: it writes the hosts file and the browsers' DNS setting,
 * and nothing else. `prodtracker block setup` installs a copy of it that belongs to root.
 *
 * - without arguments: one request from standard input (`daemon/blocker/request.ts`)
 * - `--installed`: the same, from the installed copy, whose boot-time unit unblocks after a restart
 * - `--boot`: unblocks what is over, and waits for the end of what is not
 * @module
 */
import { runOverdue, runWriter } from "./daemon/blocker/writer.ts";

const [mode] = Deno.args;
Deno.exit(
  mode === "--boot"
    ? await runOverdue()
    : await runWriter({ survivesRestart: mode === "--installed" }),
);
