/**
 * What each command keeps of the program's permissions; everything else is given up first thing.
 * @module
 */
import type { KeptPermissions } from "../daemon/os/permissions.ts";

/** A client over HTTP, or on the data directory in its own process. */
const CLIENT: KeptPermissions = { net: true, write: true };

/** Blocks, and lifts: it starts the writer of the hosts file. */
const BLOCKER: KeptPermissions = { ...CLIENT, run: true };

/** Reads a camera by ffmpeg; `focus` also blocks while no daemon does. */
const WATCHER: KeptPermissions = BLOCKER;

/** By the command's full name; a command that is not listed keeps nothing. */
const KEPT: Readonly<Record<string, KeptPermissions>> = {
  serve: BLOCKER,
  track: BLOCKER,
  status: CLIENT,
  summary: CLIENT,
  rules: CLIENT,
  doctor: WATCHER,
  backup: CLIENT,
  export: CLIENT,
  import: CLIENT,
  block: BLOCKER,
  loop: CLIENT,
  focus: WATCHER,
  pair: CLIENT,
  pause: CLIENT,
  screenshot: BLOCKER,
  note: CLIENT,
  edit: CLIENT,
  erase: CLIENT,
  service: BLOCKER,
};

/** What a command keeps when it is called with `args`. */
export function permissionsOf(
  command: string | undefined,
  args: readonly string[],
): KeptPermissions {
  if (args[0] === "help" || args.includes("--help") || args.includes("-h")) return {};
  return command !== undefined && Object.hasOwn(KEPT, command) ? KEPT[command] : {};
}
