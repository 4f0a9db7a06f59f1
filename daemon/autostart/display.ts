/**
 * The variables by which a program finds the screen.
 * @module
 */

/** What a window watcher needs of the environment. */
export const DISPLAY_NAMES = ["DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"] as const;

type Env = (name: string) => string | undefined;

/** The screen that `env` leads to, as a word; `null`: none. */
export function displayOf(env: Env): string | null {
  return env("WAYLAND_DISPLAY") || env("DISPLAY") || null;
}

/** Whether a process that has `mine` would see more, or another screen, if it were started with `theirs`. */
export function leadsElsewhere(theirs: Env, mine: Env): boolean {
  if (displayOf(theirs) === null) return false;
  return DISPLAY_NAMES.some((name) => (theirs(name) || undefined) !== (mine(name) || undefined));
}

/**
 * Names of `env` that the login's manager should have so that the service finds this screen; none for a
 * display that is forwarded from another machine, as it goes with its terminal.
 */
export function namesToImport(env: Env, known: ReadonlyMap<string, string>): string[] {
  const display = env("DISPLAY");
  if (display && !display.startsWith(":")) return [];
  if (displayOf(env) === null) return [];
  return DISPLAY_NAMES.filter((name) => env(name) && known.get(name) !== env(name));
}
