// deno-lint-ignore-file no-console -- a tool speaks to the terminal it is run from
/**
 * Every check that is not a test: `deno task ok`. Two run at a time; what one printed is shown when it failed.
 * @module
 */
import { fileURLToPath } from "node:url";
import { BROWSER_FOLDERS, browserCheckArgs, modulesIn } from "./browser_check.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

async function checks(work: string): Promise<Check[]> {
  const browser = (await Promise.all(BROWSER_FOLDERS.map((name) => modulesIn(ROOT, name)))).flat();
  // Reading the examples of a module runs it, which a page without a browser cannot bear.
  const withExamples = browser.filter((file) => !file.startsWith("web/"));
  return [
    { name: "types", args: ["check", "--quiet", "."] },
    { name: "format", args: ["fmt", "--check"] },
    { name: "lint", args: ["lint", "--quiet"] },
    { name: "types in a browser", args: await browserCheckArgs(ROOT, browser, work) },
    { name: "architecture", args: ["test", "--quiet", "-A", "tests/architecture_test.ts"] },
    {
      name: "examples in comments",
      args: ["test", "--quiet", "--doc", "--permit-no-files", ...withExamples],
    },
  ];
}

/** Runs one check, prints its line, and resolves to whether all was well. */
async function run({ name, args }: Check): Promise<boolean> {
  const startMs = performance.now();
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    stdin: "null",
    env: Deno.stdout.isTerminal() && !Deno.noColor ? {} : { NO_COLOR: "1" },
  }).output();
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  console.log(`${success ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (!success) {
    const decoder = new TextDecoder();
    console.log((decoder.decode(stdout) + decoder.decode(stderr)).trim() + "\n");
  }
  return success;
}

async function main(): Promise<number> {
  const work = await Deno.makeTempDir();
  const failed: string[] = [];
  try {
    const waiting = await checks(work);
    const worker = async () => {
      for (let check = waiting.shift(); check; check = waiting.shift()) {
        if (!await run(check)) failed.push(check.name);
      }
    };
    await Promise.all([worker(), worker()]);
  } finally {
    await Deno.remove(work, { recursive: true });
  }
  console.log(failed.length === 0 ? "all ok" : `not ok: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
}

Deno.exit(await main());
