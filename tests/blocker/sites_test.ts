/** Sites really blocked, in a world of the test's own: real programs, a real browser, both kinds of address. */
import { needsNamespace, runInside } from "./namespace.ts";

const need = needsNamespace("chromium", "curl", "node", "getent", "openssl", "ip");

for (const hosts of ["file", "bind mount"] as const) {
  Deno.test({
    name:
      `block and unblock (${hosts}): getent, curl, node and Chromium, with DNS over HTTPS too${need.suffix}`,
    ignore: need.ignore,
    fn: async () => {
      await runInside("inside_sites.ts", { hosts, args: [hosts] });
    },
  });
}

const setup = needsNamespace("sudo", "visudo", "useradd", "setpriv", "find");

Deno.test({
  name: `block setup: nothing of the user's ever runs as root, by real sudo${setup.suffix}`,
  ignore: setup.ignore,
  fn: async () => {
    await runInside("inside_setup.ts");
  },
});

const lifting = needsNamespace("tmux", "setsid", "ps");

Deno.test({
  name:
    `a block is lifted whoever dies; full disks and locked files change nothing${lifting.suffix}`,
  ignore: lifting.ignore,
  fn: async () => {
    await runInside("inside_lifting.ts");
  },
});

const command = needsNamespace("tmux", "setsid", "ps", "setpriv");

Deno.test({
  name:
    `prodtracker block: on time with no daemon, strict, big lists, schedules, no rights${command.suffix}`,
  ignore: command.ignore,
  fn: async () => {
    await runInside("inside_command.ts", { limitS: 180 });
  },
});

const byPhone = needsNamespace("setsid", "ps");

Deno.test({
  name: `a phone starts a block, signed or with the token, and nobody else does${byPhone.suffix}`,
  ignore: byPhone.ignore,
  fn: async () => {
    await runInside("inside_phone.ts");
  },
});
