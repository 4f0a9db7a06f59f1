/** The loop in a real daemon without a desktop: a session's lapses, a phone, a kill in between. */
import assert from "node:assert/strict";
import type { FocusBegun } from "../../cli/wire.ts";
import type { WireLoop, WireLoopStep } from "../../daemon/api/loop.ts";
import { type DaemonProcess, startDaemon, waitFor } from "../daemon_process.ts";
import { nowS, Phone } from "../phone/phone.ts";
import { type Config, quick } from "./stage.ts";

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function send<T>(daemon: DaemonProcess, path: string, body: unknown, method = "POST") {
  const headers = { "content-type": "application/json" };
  const response = await daemon.fetch(path, { method, body: JSON.stringify(body), headers });
  const text = await response.text();
  assert.equal(response.status, 200, `${method} ${path}: ${text}`);
  return JSON.parse(text) as T;
}

/** Only one rule, made quick. */
async function setOnly(daemon: DaemonProcess, rule: "phone" | "unfocused"): Promise<void> {
  const { config } = await daemon.get<WireLoop>("/loop");
  const made: Config = { ...quick(config), clear_minutes: 1 };
  const rules = {
    ...made.rules,
    noise: { ...made.rules.noise, on: false },
    [rule]: { ...made.rules[rule], on: true, minutes: 0.1 },
  };
  await send(daemon, "/loop", { ...made, rules }, "PUT");
}

const stepsOf = async (daemon: DaemonProcess) =>
  (await daemon.get<WireLoopStep[]>("/loop/steps")).toReversed();

/** Waits for a step while something goes on in between. */
async function whileDoing(
  daemon: DaemonProcess,
  step: string,
  act: () => Promise<unknown>,
): Promise<WireLoopStep> {
  return await waitFor(async () => {
    await act();
    const found = (await stepsOf(daemon)).find((each) => each.step === step);
    if (!found) await sleep(500);
    return found;
  }, 60_000);
}

Deno.test("a lapse in a session is nudged; a kill in between repeats nothing and forgets nothing", async () => {
  let daemon = await startDaemon(["--no-track"]);
  try {
    await setOnly(daemon, "unfocused");
    const { id, start } = await send<FocusBegun>(daemon, "/focus/sessions", { source: "browser" });
    let atMs = Date.parse(start), sequence = 0;
    /** Tells that nobody looked at the screen since the last time. */
    const unfocused = async () => {
      const seconds = (Date.now() - atMs) / 1000;
      const spans = [{ state: "unfocused", seconds }];
      const batch = { sequence: ++sequence, start: new Date(atMs).toISOString(), spans };
      await send(daemon, `/focus/sessions/${id}/samples`, batch);
      atMs += seconds * 1000;
    };
    const nudge = await whileDoing(daemon, "nudge", unfocused);
    assert.equal(nudge.rule, "unfocused");
    assert.match(nudge.explanation, /^\d+ seconds unfocused in this session$/);
    await daemon.kill();
    daemon = await startDaemon(["--no-track"], { dataDir: daemon.dataDir });
    const { now } = await daemon.get<WireLoop>("/loop");
    assert.equal(now.nudge?.id, nudge.id, "it is still up");
    const stronger = await whileDoing(daemon, "stronger", unfocused);
    assert.ok(Date.parse(stronger.at) - Date.parse(nudge.at) >= 6_000);
    const steps = await stepsOf(daemon);
    assert.deepEqual(steps.map(({ step, outcome }) => [step, outcome]), [
      ["nudge", "taken"],
      ["stronger", "taken"],
    ]);
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
});

Deno.test("a phone that distracts is nudged by its app and its name", async () => {
  const daemon = await startDaemon(["--no-track"]);
  try {
    await setOnly(daemon, "phone");
    const phone = await Phone.pair(daemon, "pixel-8");
    let toldS = 0;
    const watching = async () => {
      if (nowS() - toldS < 3) return;
      toldS = nowS();
      const app = "com.zhiliaoapp.musically";
      const beat = { timestamp: toldS, screen_on: true, foreground_app: app };
      assert.equal((await phone.beat(beat)).status, 200);
    };
    const nudge = await whileDoing(daemon, "nudge", watching);
    assert.equal(nudge.rule, "phone");
    assert.match(nudge.explanation, /^\d+ seconds of TikTok on the phone pixel-8$/);
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
});

Deno.test("the loop stands in the API's description", async () => {
  const daemon = await startDaemon(["--no-track"]);
  try {
    const { paths } = await daemon.get<{ paths: Record<string, object> }>("/openapi.json");
    assert.deepEqual(Object.keys(paths["/loop"]), ["get", "put"]);
    for (const path of ["/loop/steps", "/loop/steps/{id}/answer", "/loop/snooze"]) {
      assert.ok(paths[path], path);
    }
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
});
