/** The service under a real `systemd --user`, with a real journal and a real desktop. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleProgram, PRODTRACKER } from "../../tools/bundle.ts";
import { X_SESSION_NEEDS } from "../x_session.ts";
import { needsLogin, runInLogin } from "./login.ts";

const login = needsLogin();

Deno.test({
  name: `service: installed, seen, killed, stopped, given up and uninstalled under systemd` +
    `${login.suffix}${X_SESSION_NEEDS.suffix}`,
  ignore: login.ignore || X_SESSION_NEEDS.ignore,
  async fn() {
    const dir = await Deno.makeTempDir({ prefix: "prodtracker-service-" });
    try {
      const root = fileURLToPath(new URL("../../", import.meta.url));
      const bundle = join(dir, "start");
      await bundleProgram({ root, ...PRODTRACKER }, bundle);
      await runInLogin("inside_systemd.ts", [bundle]);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
});
