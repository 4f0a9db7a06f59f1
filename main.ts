/**
 * The program: its arguments in, its exit code out.
 * @module
 */
import { run } from "./cli/mod.ts";

// The bundle is called main.js: only a checkout has its settings beside the program.
const checkoutRoot = import.meta.url.endsWith("/main.ts") ? import.meta.dirname : undefined;

Deno.exit(await run(Deno.args, { checkoutRoot }));
