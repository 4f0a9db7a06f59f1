/** What goes wrong around a focus session, and what the page makes of it. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { waitFor } from "../daemon_process.ts";
import {
  endSession,
  LOOKING,
  Stage,
  STAGE_NEEDS,
  startSession,
  untilState,
  WAIT,
} from "./focus_stage.ts";

const { ignore, suffix } = STAGE_NEEDS;
const FILM = [LOOKING(40)];

const pressStart = (page: Page) => page.getByRole("button", { name: "Start", exact: true }).click();
const problem = (page: Page, text: string | RegExp) =>
  page.getByRole("alert").filter({ hasText: text }).waitFor(WAIT);

/** What the browser lets the page do with the camera, as if it had been set in its settings. */
async function setCamera(page: Page, setting: "granted" | "denied"): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send("Browser.setPermission", {
    permission: { name: "camera" },
    setting,
    origin: new URL(page.url()).origin,
  });
  await client.detach();
}

Deno.test({
  name: `without a camera the page says so, and no session is begun${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({ flags: ["--use-fake-ui-for-media-stream"] });
    const { page } = await stage.visit();
    await pressStart(page);
    await problem(page, "There is no camera");
    assert.deepEqual(await stage.sessions(), []);
    // It can be tried again.
    await pressStart(page);
    await problem(page, "There is no camera");
  },
});

Deno.test({
  name:
    `a camera that is taken away and comes back leaves an uncertain time in the session${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({ film: FILM });
    const { page } = await stage.visit("/focus", {
      // The camera can be unplugged: every track of it ends, and no other is to be had.
      prepare: `{
        const { mediaDevices } = navigator, tracks = [];
        const real = mediaDevices.getUserMedia.bind(mediaDevices);
        const clone = MediaStreamTrack.prototype.clone;
        MediaStreamTrack.prototype.clone = function () {
          const copy = clone.call(this);
          tracks.push(copy);
          return copy;
        };
        let isThere = true;
        mediaDevices.getUserMedia = async (wish) => {
          if (!isThere) throw new DOMException("", "NotFoundError");
          const stream = await real(wish);
          tracks.push(...stream.getTracks());
          return stream;
        };
        globalThis.plug = (isIn) => {
          isThere = isIn;
          if (isIn) return mediaDevices.dispatchEvent(new Event("devicechange"));
          for (const track of tracks.splice(0)) {
            track.stop();
            track.dispatchEvent(new Event("ended"));
          }
        };
      }`,
    });
    await startSession(page);
    await untilState(page, "Focused");
    await page.evaluate("plug(false)");
    await page.getByText("The camera is gone").waitFor(WAIT);
    await untilState(page, "Uncertain", "No picture to look at");
    await page.waitForTimeout(2_000);
    await page.evaluate("plug(true)");
    await untilState(page, "Focused");
    assert.equal(await page.getByText("The camera is gone").count(), 0);
    await endSession(page);
    const [session] = await stage.sessions();
    assert.ok(session.uncertain_seconds >= 2, `${session.uncertain_seconds} s`);
    assert.deepEqual([session.breaks, session.no_face_seconds], [0, 0]);
  },
});

Deno.test({
  name: `a worker that dies is replaced, and the session goes on without a gap${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({ film: FILM });
    const { page } = await stage.visit();
    await startSession(page);
    await untilState(page, "Focused");
    const [worker] = page.workers();
    await worker.evaluate("close()").catch(() => {});
    await waitFor(() => page.workers().some((other) => other !== worker) || undefined);
    await untilState(page, "Focused");
    await endSession(page);
    const [session] = await stage.sessions();
    assert.equal(session.breaks, 0);
    assert.ok(session.uncertain_seconds > 2, `${session.uncertain_seconds} s`);
    assert.equal(page.workers().length, 0);
  },
});

Deno.test({
  name: `without models the page says why no session begins${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({ film: FILM, hasModels: false });
    const { page } = await stage.visit();
    await pressStart(page);
    // In the daemon's words, of whichever of them is asked for first: not tried to fetch yet, trying, or tried.
    await problem(page, /Cannot use the model "|fetching the models|Cannot download "/);
    assert.deepEqual([page.workers().length, await stage.sessions()], [0, []]);
    // It tries to fetch them, from a registry that is not there.
    await page.getByText("What recognises your gaze is not here").waitFor(WAIT);
  },
});

Deno.test({
  name: `without a daemon the page says so, and begins when it is back${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({ film: FILM });
    const { page } = await stage.visit();
    await page.getByText("Start a focus session").waitFor(WAIT);
    await stage.stopDaemon();
    await pressStart(page);
    await problem(page, "Is ProdTracker running?");
    await stage.startDaemon();
    await startSession(page);
    await untilState(page, "Focused");
    await page.route("**/focus/sessions", (route) => route.abort());
    await endSession(page);
    await page.getByRole("button", { name: "Start another" }).click();
    await problem(page, "The daemon does not answer");
    assert.equal((await stage.sessions()).length, 1);
  },
});

Deno.test({
  name: `a daemon with a token of its own takes sessions from who is signed in${suffix}`,
  ignore,
  async fn() {
    const token = "a-token-of-forty-characters-for-this-test";
    await using stage = await Stage.open({ film: FILM, env: { DASHBOARD_ADMIN_TOKEN: token } });
    const { page } = await stage.visit("/focus", { isSignedIn: false });
    await page.getByText("They are shown to who is signed in.").waitFor(WAIT);
    await pressStart(page);
    await problem(page, "Sign in to start a session");
    await page.getByLabel("Token").fill(token);
    await page.keyboard.press("Enter");
    await page.getByText("No session in this time").waitFor(WAIT);
    await startSession(page);
    await untilState(page, "Focused");
    await endSession(page);
    await page.getByRole("row").nth(1).waitFor(WAIT);
  },
});

Deno.test({
  name: `of two tabs the second looks on, or takes over, and the first ends${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({ film: FILM });
    const { page: first } = await stage.visit();
    await startSession(first);
    await untilState(first, "Focused");
    const { page: second } = await stage.visitBeside(first);
    await second.getByText("A session runs in another tab or window").waitFor(WAIT);
    await second.getByRole("button", { name: "Look at it here" }).click();
    await second.getByText(/^\d+% focused of/).waitFor(WAIT);

    await startSession(second);
    await untilState(second, "Focused");
    await first.getByText("This session was ended from somewhere else").waitFor(WAIT);
    assert.equal(await first.evaluate("document.querySelector('video')"), null);
    await endSession(second);
    assert.deepEqual((await stage.sessions()).map(({ id, how }) => [id, how]), [
      [2, "ended"],
      [1, "ended"],
    ]);
  },
});

Deno.test({
  name: `a doubled tab does not take up the session of the other${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({ film: FILM });
    const { page: first } = await stage.visit();
    await startSession(first);
    await untilState(first, "Focused");
    await waitFor(async () => (await stage.sessions())[0].total_seconds > 0 || undefined);
    const stored = await first.evaluate<string>("JSON.stringify(sessionStorage)");
    const { page: second } = await stage.visitBeside(first, "/docs");
    await second.evaluate(`Object.assign(sessionStorage, ${stored})`);
    await second.goto(`${stage.url}/focus`);
    await second.getByText("A session runs in another tab or window").waitFor(WAIT);
    await waitFor(async () => await second.evaluate("sessionStorage.length") === 0 || undefined);
    await untilState(first, "Focused");
  },
});

Deno.test({
  name: `a browser that cannot watch hidden tabs watches visible ones, and says so${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({ film: FILM });
    const { page } = await stage.visit("/focus", {
      prepare: "delete globalThis.MediaStreamTrackProcessor",
    });
    await startSession(page);
    await untilState(page, "Focused");
    await page.getByText("Keep this tab in sight").waitFor(WAIT);
    await page.getByText("prodtracker focus").waitFor(WAIT);
  },
});

Deno.test({
  name: `a camera that may not be used is told from one that is not there${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({ flags: ["--use-fake-device-for-media-stream"] });
    const { page } = await stage.visit();
    await setCamera(page, "denied");
    await pressStart(page);
    await problem(page, "The browser may not use the camera");
    await setCamera(page, "granted");
    await startSession(page);
  },
});

for (const width of [360, 2560]) {
  Deno.test({
    name: `the Focus page fits ${width} px, by keyboard alone${suffix}`,
    ignore,
    async fn() {
      await using stage = await Stage.open({ film: FILM });
      const { page } = await stage.visit("/focus", { viewport: { width, height: 900 } });
      const fits = async () =>
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
      await page.getByRole("main").getByText("Settings", { exact: true }).waitFor(WAIT);
      await fits();
      await page.getByLabel("50 min").focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("Enter");
      await untilState(page, "Focused");
      await page.getByText("left of 50 min").waitFor(WAIT);
      await page.getByRole("main").getByText("Settings", { exact: true }).focus();
      await page.keyboard.press("Enter");
      await page.getByLabel("Show the picture").focus();
      await page.keyboard.press("Space");
      await page.getByText("The picture is hidden").waitFor(WAIT);
      await fits();
      for (const name of ["End session", "Yes, end it"]) {
        await page.getByRole("button", { name }).focus();
        await page.keyboard.press("Enter");
      }
      await page.getByText("Saved.").waitFor(WAIT);
      await fits();
      // What was set is kept.
      await page.reload();
      await page.getByRole("main").getByText("Settings", { exact: true }).click();
      assert.equal(await page.getByLabel("Show the picture").isChecked(), false);
      assert.equal(await page.getByLabel("50 min").isChecked(), true);
    },
  });
}
