/**
 * Where the program keeps things, from the environment alone (no disk is touched).
 * @module
 */
import { join } from "node:path";

export type Env = (name: string) => string | undefined;

/**
 * The user's data directory for this program, by the platform's convention.
 * @throws {Error} when the environment names no home directory.
 */
export function defaultDataDir(os: typeof Deno.build.os, env: Env): string {
  if (os === "windows") {
    const base = env("LOCALAPPDATA") ?? env("APPDATA");
    if (base) return join(base, "prodtracker");
  } else {
    const xdg = env("XDG_DATA_HOME");
    if (os !== "darwin" && xdg?.startsWith("/")) return join(xdg, "prodtracker");
    const home = env("HOME");
    if (home) {
      return os === "darwin"
        ? join(home, "Library", "Application Support", "prodtracker")
        : join(home, ".local", "share", "prodtracker");
    }
  }
  throw new Error(
    "Cannot find a data directory: the environment has no home directory; name one with --data-dir",
  );
}
