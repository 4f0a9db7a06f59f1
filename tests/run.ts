// deno-lint-ignore-file no-console -- a tool speaks to the terminal it is run from
/**
 * Runs the tests: `deno task test [files…] [options of deno test]`.
 *
 * Missing system programs are installed where that is possible, else named; a test that needs one is then
 * ignored, or fails when CI=true. The last line is "N passed, N failed", with ", N ignored" if any was.
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { countTests, type TestCounts } from "./junit.ts";
import { isCi } from "./programs.ts";
import { canInstall, installPackages, missingPackages, parsePackages } from "./system_packages.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Names what is missing after having tried to install it; `false` when that may not be. */
async function prepareSystem(): Promise<boolean> {
  const packages = parsePackages(await Deno.readTextFile(join(ROOT, "tests/debian_packages.txt")));
  let missing = missingPackages(packages);
  const named = () => missing.flatMap(({ programs }) => programs).join(", ");
  if (missing.length === 0) return true;
  if (canInstall()) {
    console.log(`Missing programs: ${named()}; installing ${missing.map((p) => p.name).join(" ")}`);
    await installPackages(missing);
    missing = missingPackages(packages);
    if (missing.length === 0) return true;
  }
  const names = missing.map(({ name }) => name).join(" ");
  console.log(`Missing programs: ${named()}`);
  console.log(`Tests that need them are ignored; on Debian or Ubuntu: apt-get install ${names}`);
  return !isCi();
}

/**
 * Whole-program tests that wait more than they work: they run beside the others, which keep a core busy with cameras
 * and browsers.
 */
const WAITING = [
  ...["api", "blocker", "desktop", "edits", "loop", "messages", "pause", "phone", "privacy"],
  ...["screenshots", "service", "session"],
].map((name) => `tests/${name}`);
/** Where the tests of the dashboard's pages are, of which each waits for what its page shows. */
const PAGES = "tests/e2e";

/** What runs in the second lane: folders, and files of one. */
function waitingTests(): string[] {
  const folders = WAITING.filter((path) => exists(join(ROOT, path)));
  const files = exists(join(ROOT, PAGES)) ? [...Deno.readDirSync(join(ROOT, PAGES))] : [];
  const pages = files.map(({ name }) => `${PAGES}/${name}`)
    .filter((path) => path.endsWith("_page_test.ts"));
  return [...folders, ...pages.toSorted()];
}

/**
 * The runs that make up the whole, one step after the other, those of a step at the same time: files beside the code
 * side by side, whole-program tests one by one in two lanes.
 */
function plan(args: readonly string[]): string[][][] {
  if (args.some((arg) => !arg.startsWith("-") && exists(arg))) return [[[...args]]];
  const waiting = waitingTests();
  return [
    [["--parallel", "--ignore=tests", ...args]],
    [
      ["--permit-no-files", `--ignore=${waiting.join(",")}`, ...args, "tests"],
      ["--permit-no-files", ...args, ...waiting],
    ],
  ];
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

interface RunOptions {
  readonly report: string;
  readonly colour: boolean;
  /** Something else runs and prints meanwhile: what this one says is said at its end. */
  readonly isBeside: boolean;
}

/** Runs `deno test` and counts; a run that fails without a failed test counts as one failure. */
async function runTests(
  args: readonly string[],
  { report, colour, isBeside }: RunOptions,
): Promise<TestCounts> {
  const checks = ["--no-check", "--sanitize-ops", "--sanitize-resources"];
  const output = isBeside ? "piped" : "inherit";
  const ran = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--quiet", "-A", ...checks, `--junit-path=${report}`, ...args],
    env: colour ? {} : { NO_COLOR: "1" },
    stdin: "null",
    stdout: output,
    stderr: output,
  }).output();
  if (isBeside) {
    const decoder = new TextDecoder();
    console.log(decoder.decode(ran.stdout) + decoder.decode(ran.stderr));
  }
  const { success } = ran;
  const counts = countTests(await Deno.readTextFile(report).catch(() => ""));
  if (!success && counts.failed === 0) return { ...counts, failed: 1 };
  return counts;
}

async function main(args: readonly string[]): Promise<number> {
  const colour = Deno.stdout.isTerminal() && !Deno.noColor;
  if (!await prepareSystem()) {
    console.log("0 passed, 1 failed");
    return 1;
  }
  await fetchModels();
  await buildDashboard();
  const folder = await Deno.makeTempDir();
  let passed = 0;
  let failed = 0;
  const ignored: string[] = [];
  try {
    for (const [step, lanes] of plan(args).entries()) {
      const counted = await Promise.all(lanes.map((run, lane) => {
        const report = join(folder, `${step}_${lane}.xml`);
        return runTests(run, { report, colour, isBeside: lane > 0 });
      }));
      for (const counts of counted) {
        passed += counts.passed;
        failed += counts.failed;
        ignored.push(...counts.ignored);
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  if (isCi()) {
    for (const name of ignored) console.log(`Ignored, which may not be in CI: ${name}`);
    failed += ignored.length;
    ignored.length = 0;
  }
  const skipped = ignored.length > 0 ? `, ${ignored.length} ignored` : "";
  console.log(`${passed} passed, ${failed} failed${skipped}`);
  return failed > 0 ? 1 : 0;
}

/** Without them the tests that need them fail, and say so; the others can be run without network. */
async function fetchModels(): Promise<void> {
  await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", join(ROOT, "tools/models.ts"), "--quiet"],
    stdout: "inherit",
    stderr: "inherit",
  }).output();
}

async function buildDashboard(): Promise<void> {
  const args = ["run", "--quiet", "-A", join(ROOT, "tools/build_web.ts"), "--if-stale"];
  const { success } = await new Deno.Command(Deno.execPath(), {
    args,
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("Cannot build the dashboard");
}

Deno.exit(await main(Deno.args));
