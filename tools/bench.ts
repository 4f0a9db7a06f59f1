// deno-lint-ignore-file no-console -- a tool speaks to the terminal it is run from
/**
 * Runs the benchmarks one after the other: `deno task bench [part of a name…]`.
 *
 * Each `tests/bench/<name>_bench.ts` is a program that prints what it measured beside its limit.
 * @module
 */
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../tests/bench/", import.meta.url));

const names = (await Array.fromAsync(Deno.readDir(FOLDER), ({ name }) => name))
  .filter((name) => name.endsWith("_bench.ts"))
  .filter((name) => Deno.args.length === 0 || Deno.args.some((wanted) => name.includes(wanted)))
  .toSorted();
if (names.length === 0) {
  console.error(`No benchmark has "${Deno.args.join('" or "')}" in its name`);
  Deno.exit(2);
}
const failed: string[] = [];
for (const name of names) {
  console.log(`\n${name}`);
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", FOLDER + name],
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (!success) failed.push(name);
}
if (failed.length > 0) {
  console.log(`\nfailed: ${failed.join(", ")}`);
  Deno.exit(1);
}
