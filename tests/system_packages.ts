/**
 * The list `debian_packages.txt`, and installing what is missing of it.
 * @module
 */
import { hasProgram } from "./programs.ts";

/** One line of the list. */
export interface SystemPackage {
  readonly name: string;
  /** What it brings: programs on the PATH, or files when they begin with "/". */
  readonly programs: readonly string[];
}

/**
 * The packages of the list, in its order.
 * @throws {SyntaxError} when a line names a package without a program.
 */
export function parsePackages(text: string): SystemPackage[] {
  const packages: SystemPackage[] = [];
  for (const line of text.split("\n")) {
    const [name, ...programs] = line.replace(/#.*/, "").split(/\s+/).filter((word) => word !== "");
    if (name === undefined) continue;
    if (programs.length === 0) throw new SyntaxError(`Package "${name}" names no program`);
    packages.push({ name, programs });
  }
  return packages;
}

/** The packages of which something is missing here, each with only what is missing. */
export function missingPackages(packages: readonly SystemPackage[]): SystemPackage[] {
  return packages
    .map(({ name, programs }) => ({ name, programs: programs.filter((p) => !hasProgram(p)) }))
    .filter(({ programs }) => programs.length > 0);
}

/** Whether this machine installs packages by apt-get and we may. */
export function canInstall(): boolean {
  return Deno.build.os === "linux" && Deno.uid() === 0 && hasProgram("apt-get");
}

/** Installs `packages`, showing apt's own words; resolves to whether it worked. */
export async function installPackages(packages: readonly SystemPackage[]): Promise<boolean> {
  // Another installation may be under way; and no bar that redraws itself into a log.
  const options = ["-o", "DPkg::Lock::Timeout=600", "-o", "Dpkg::Use-Pty=0", "-q"];
  const names = packages.map(({ name }) => name);
  return await aptGet([...options, "update"]) &&
    await aptGet([...options, "install", "-y", "--no-install-recommends", ...names]);
}

async function aptGet(args: string[]): Promise<boolean> {
  const { success } = await new Deno.Command("apt-get", {
    args,
    env: { DEBIAN_FRONTEND: "noninteractive" },
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  return success;
}
