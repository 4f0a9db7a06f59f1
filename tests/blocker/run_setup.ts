/**
 * What `block setup` does, called from a copy of the source: `run_setup.ts <install|uninstall> <user> <copy>`.
 * @module
 */
const [what, user, copy] = Deno.args;
const setup: typeof import("../../daemon/blocker/setup.ts") = await import(
  `${copy}/daemon/blocker/setup.ts`
);
if (what === "install") await setup.runSetup(user);
else await setup.runUninstall();
Deno.exit(0);
