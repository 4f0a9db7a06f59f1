/**
 * A real connection by a browser of Chromium's family, in a profile of its own that is thrown away.
 * @module
 */
import { join } from "node:path";
import type { BlockFinding } from "../core/block.ts";
import { runProgram } from "../os/exec.ts";

const LIMIT_MS = 20_000;

/** What a page that could not be opened says, and whether that is our doing. */
const REFUSED = /ERR_(CONNECTION_REFUSED|ADDRESS_INVALID|ADDRESS_UNREACHABLE)/;
const FAILED = /\bERR_[A-Z_]+\b/;

/** Opens `name` and says whether it was reached. */
export async function tryChromium(
  layer: string,
  programs: readonly string[],
  name: string,
): Promise<BlockFinding> {
  const profile = Deno.makeTempDirSync({ prefix: "prodtracker-check-" });
  try {
    for (const program of programs) {
      const { code, stdout, stderr } = await runProgram([
        program,
        ...["--headless=new", "--disable-gpu", "--no-first-run", "--no-default-browser-check"],
        ...["--disable-background-networking", "--timeout=10000", `--user-data-dir=${profile}`],
        // The sandbox cannot be had by root.
        ...(Deno.build.os !== "windows" && Deno.uid() === 0 ? ["--no-sandbox"] : []),
        ...["--dump-dom", `http://${name}/`],
      ], { limitMs: LIMIT_MS });
      if (code === 127) continue;
      return { layer, ...judgePage(name, stdout, stderr) };
    }
    return { layer, status: "unknown", detail: "its program was not found to try it" };
  } finally {
    await removeProfile(profile);
  }
}

/** Reads what the browser made of `name`: the page's text, and on `stderr` why there is none. */
export function judgePage(
  name: string,
  page: string,
  stderr: string,
): Pick<BlockFinding, "status" | "detail" | "remedy"> {
  if (REFUSED.test(stderr)) {
    return { status: "enforced", detail: `a real connection to ${name} was refused` };
  }
  const failed = FAILED.exec(stderr)?.[0];
  if (failed !== undefined) {
    return {
      status: "unknown",
      detail: `${name} was not reached, but for another reason: ${failed}`,
    };
  }
  if (page.trim() === "") {
    return { status: "unknown", detail: `it did not say what became of ${name}` };
  }
  return {
    status: "not enforced",
    detail: `it reached ${name}`,
    remedy: "see chrome://policy and chrome://net-internals/#proxy: a proxy or a VPN goes around",
  };
}

/** The browser may still be writing into it. */
async function removeProfile(path: string): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    try {
      return Deno.removeSync(join(path), { recursive: true });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
