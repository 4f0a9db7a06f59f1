/**
 * What `block setup` does: `run_setup.ts <install|uninstall> <user> <its module, of a checkout or a bundle>`.
 * @module
 */
const [what, user, module] = Deno.args;
const setup: typeof import("../../daemon/blocker/setup.ts") = await import(
  module
);
if (what === "install") await setup.runSetup(user);
else await setup.runUninstall();
Deno.exit(0);
