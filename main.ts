/**
 * The program: its arguments in, its exit code out.
 * @module
 */
import { checkoutOf } from "./cli/checkout.ts";
import { run } from "./cli/mod.ts";

Deno.exit(await run(Deno.args, { checkoutRoot: checkoutOf(import.meta) }));
