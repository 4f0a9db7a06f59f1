/**
 * The real `doctor`, run to its end.
 * @module
 */
import { productCommand } from "../daemon_process.ts";
import type { Check } from "../../daemon/mod.ts";

export interface DoctorRun {
  readonly code: number;
  readonly checks: readonly Check[];
  /** The check of that name. @throws {Error} when there is none. */
  check(name: string): Check;
  /** All that it wrote. */
  readonly said: string;
}

/** Runs `doctor --json` on a data directory with nothing but `env`. */
export async function runDoctor(
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<DoctorRun> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...productCommand(), "doctor", "--json", "--data-dir", dataDir],
    clearEnv: true,
    env: {
      // What sound servers and others keep must not land in the data directory.
      ...{ HOME: "/nowhere", PATH: Deno.env.get("PATH") ?? "", PRODTRACKER_PORT: "0" },
      DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`,
      ...env,
    },
    stdin: "null",
  }).output();
  const text = new TextDecoder().decode(stdout);
  const said = text + new TextDecoder().decode(stderr);
  let checks: Check[];
  try {
    checks = JSON.parse(text);
  } catch {
    throw new Error(`doctor ended with ${code} and no JSON: ${said}`);
  }
  return {
    ...{ code, checks, said },
    check(name) {
      const found = checks.find((check) => check.name === name);
      if (!found) throw new Error(`There is no check "${name}" in ${text}`);
      return found;
    },
  };
}

/** A data directory for the length of a scope. */
export function temporaryDataDir(): Disposable & { readonly path: string } {
  const path = Deno.makeTempDirSync({ prefix: "prodtracker-doctor-" });
  Deno.chmodSync(path, 0o700);
  return { path, [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }) };
}
