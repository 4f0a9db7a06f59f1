/**
 * The system programs that tests need: which there are, and what a test does without one.
 * @module
 */
import { delimiter, join } from "node:path";

/** Whether `program` is on the PATH; one that begins with "/" is a file that must be there. */
export function hasProgram(program: string): boolean {
  if (program.startsWith("/")) return isFile(program);
  const extensions = Deno.build.os === "windows" ? [".exe", ".cmd", ".bat"] : [""];
  const folders = (Deno.env.get("PATH") ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.some((folder) =>
    extensions.some((extension) => isFile(join(folder, program + extension)))
  );
}

/** What `needs()` answers: spread `ignore` into the test's options and append `suffix` to its name. */
export interface Need {
  readonly ignore: boolean;
  /** "" or " [needs Xvfb, openbox]", naming what is missing. */
  readonly suffix: string;
}

/**
 * How a test goes on that cannot run without `programs`: it is ignored, by name, where one is missing. In CI
 * nothing is ignored, so there it runs and fails.
 *
 *     const x11 = needs("Xvfb", "openbox");
 *     Deno.test({ name: `the watcher sees …${x11.suffix}`, ignore: x11.ignore, fn });
 */
export function needs(...programs: string[]): Need {
  const missing = programs.filter((program) => !hasProgram(program));
  if (missing.length === 0) return { ignore: false, suffix: "" };
  return { ignore: !isCi(), suffix: ` [needs ${missing.join(", ")}]` };
}

/** Whether this runs in continuous integration, where a missing program is a failure. */
export function isCi(): boolean {
  return Deno.env.get("CI") === "true";
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
