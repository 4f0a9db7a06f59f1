/** Sound servers' `pactl`s that misbehave: none holds up the daemon, or fills its memory. */
import assert from "node:assert/strict";
import { startDaemon, waitFor } from "../daemon_process.ts";

const ignore = Deno.build.os !== "linux";

/** What a stand-in does when it is to tell of changes, and when it is asked for what there is. */
const WRAPPER = 'sleep 1000 & echo $! >> "$XDG_RUNTIME_DIR/pids"; wait';
const PROGRAMS = {
  "a wrapper whose child lives on": [WRAPPER, "echo '[]'"],
  "one line without an end": ["exec cat /dev/zero", "echo '[]'"],
  "lists without an end": [WRAPPER, "exec yes x"],
} as const;

for (const [name, [subscribe, list]] of Object.entries(PROGRAMS)) {
  Deno.test({
    name: `the daemon stays small and ends when pactl is ${name}`,
    ignore,
    async fn() {
      const dir = await Deno.makeTempDir({ prefix: "pactl_" });
      await Deno.mkdir(`${dir}/pulse`);
      await Deno.writeTextFile(`${dir}/pulse/native`, "");
      const script = [
        "#!/bin/bash",
        `if [ "$1" = subscribe ]; then`,
        subscribe,
        `else`,
        list,
        `fi`,
        "",
      ];
      await Deno.writeTextFile(`${dir}/pactl`, script.join("\n"), { mode: 0o755 });
      const daemon = await startDaemon([], {
        env: { PATH: `${dir}:${Deno.env.get("PATH")}`, XDG_RUNTIME_DIR: dir },
      });
      try {
        await waitFor(async () => {
          const { parts } = await daemon.get<{ parts: { name: string; detail: string }[] }>(
            "/health",
          );
          const detail = parts.find((part) => part.name === "sound")?.detail ?? "";
          return /told by the sound server|does not answer/.test(detail) || undefined;
        });
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        const status = await Deno.readTextFile(`/proc/${daemon.pid}/status`);
        const peakMb = Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024;
        assert.ok(peakMb < 400, `${peakMb} MB`);
      } finally {
        const ended = daemon.stop();
        const limit = Promise.withResolvers<undefined>();
        const timer = setTimeout(() => limit.resolve(undefined), 10_000);
        const code = await Promise.race([ended, limit.promise]);
        clearTimeout(timer);
        if (code === undefined) await daemon.kill();
        const pids = await Deno.readTextFile(`${dir}/pids`).catch(() => "");
        for (const pid of pids.split("\n").filter((pid) => pid !== "")) {
          Deno.kill(Number(pid), "SIGKILL");
        }
        await Deno.remove(daemon.dataDir, { recursive: true });
        await Deno.remove(dir, { recursive: true });
        assert.equal(code, 0, "it does not end");
      }
    },
  });
}
