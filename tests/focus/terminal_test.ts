/** Sessions whose terminal goes away. */
import assert from "node:assert/strict";
import { Cli } from "../../cli/testing.ts";
import { productCommand, startDaemon, waitFor } from "../daemon_process.ts";
import { FILM_NEEDS } from "../films.ts";
import { person, standIn } from "./stand_in.ts";

interface Session {
  readonly how: string;
  readonly total_seconds: number;
}

Deno.test({
  name: `focus saves and ends its session when the terminal is closed${FILM_NEEDS.suffix}`,
  ignore: FILM_NEEDS.ignore || Deno.build.os !== "linux",
  async fn() {
    using cli = new Cli();
    const { path } = await standIn(cli.dir, `ffmpeg_is ${await person()}`);
    const daemon = await startDaemon(["--no-track"], { dataDir: cli.dataDir });
    const command = [Deno.execPath(), ...productCommand(), "focus", "--minutes", "2"]
      .map((arg) => `'${arg}'`).join(" ");
    // What it runs has a terminal, which goes when it is killed.
    const terminal = new Deno.Command("script", {
      args: ["--quiet", "--command", `exec ${command}`, "/dev/null"],
      clearEnv: true,
      env: {
        HOME: cli.dir,
        PATH: path,
        SHELL: "/bin/sh",
        DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`,
        PRODTRACKER_DATA_DIR: cli.dataDir,
      },
      stdin: "piped",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const newest = async () => (await daemon.get<Session[]>("/focus/sessions"))[0];
    const before = await waitFor(async () => {
      const session = await newest();
      return session?.total_seconds > 0 ? session : undefined;
    });
    terminal.kill("SIGKILL");
    await terminal.status;
    await terminal.stdin.close().catch(() => {});
    const after = await waitFor(async () => {
      const session = await newest();
      return session.how === "running" ? undefined : session;
    });
    assert.equal(after.how, "ended");
    assert.ok(after.total_seconds >= before.total_seconds);
    assert.equal(await daemon.stop(), 0);
  },
});
