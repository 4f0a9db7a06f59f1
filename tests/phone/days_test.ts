/** What a phone told, by the day and by app, and how its apps count. */
import assert from "node:assert/strict";
import { startDaemon, waitFor } from "../daemon_process.ts";
import { nowS, Phone } from "./phone.ts";

interface Day {
  readonly date: string;
  readonly screen_seconds: number;
  readonly distracting_seconds: number;
  readonly pickups: number;
  readonly heartbeat_count: number;
  readonly hours: readonly { readonly start: string; readonly noise_seconds: number }[];
  readonly apps: readonly App[];
}

interface App {
  readonly app: string | null;
  readonly name: string | null;
  readonly class: string;
  readonly own?: boolean;
  readonly last_seen?: string | null;
  readonly seconds: number;
}

const INSTAGRAM = "com.instagram.android", HOSTILE = `<b>"🎯"</b>\u202e.apk`;

Deno.test("a phone's day and apps are what its heartbeats came to, and follow the rules", async () => {
  const daemon = await startDaemon(["--no-track"], {
    env: { PRODTRACKER_DAY_START: "00:00", TZ: "UTC" },
  });
  try {
    const phone = await Phone.pair(daemon, "p");
    const other = await Phone.pair(daemon, "q");
    // Whole minutes of the last hours: a day may begin between them, so that two days are added up.
    const endS = Math.floor(nowS() / 60) * 60;
    const heartbeats = (fromS: number, app: string | null, count: number) =>
      Array.from({ length: count }, (_, i) => ({
        timestamp: fromS + 30 * i,
        screen_on: i < count - 1,
        foreground_app: app,
      }));
    const told = [
      ...heartbeats(endS - 7200, INSTAGRAM, 21),
      ...heartbeats(endS - 3600, HOSTILE, 11),
      ...heartbeats(endS - 1800, null, 3),
    ];
    const body = (device_id: string, heartbeats: unknown) =>
      JSON.stringify({ device_id, heartbeats });
    assert.equal((await phone.raw("/phone/heartbeats", body("p", told))).status, 200);
    const others = heartbeats(endS - 7200, "com.whatsapp", 5);
    assert.equal((await other.raw("/phone/heartbeats", body("q", others))).status, 200);

    const days = async (device: string) => {
      const dates = [endS - 7200, endS].map((s) => new Date(s * 1000).toISOString().slice(0, 10));
      const read = [...new Set(dates)].map((date) =>
        daemon.get<Day>(`/phone/day?device_id=${device}&date=${date}`)
      );
      return await Promise.all(read);
    };
    const sum = (all: Day[], of: (day: Day) => number) => all.reduce((n, day) => n + of(day), 0);
    const whole = await waitFor(async () => {
      const read = await days("p");
      return sum(read, (day) => day.screen_seconds) === 960 ? read : undefined;
    });
    assert.equal(sum(whole, (day) => day.distracting_seconds), 600);
    assert.equal(sum(whole, (day) => day.heartbeat_count), 35);
    assert.equal(sum(whole, (day) => day.hours.reduce((n, h) => n + h.noise_seconds, 0)), 600);
    assert.equal(whole[0].hours.length, 24);
    const apps = whole.flatMap((day) => day.apps);
    const of = (app: string | null) => apps.filter((each) => each.app === app);
    assert.equal(of(INSTAGRAM)[0].name, "Instagram");
    assert.equal(of(HOSTILE).reduce((n, { seconds }) => n + seconds, 0), 300);
    assert.equal(of(null).reduce((n, { seconds }) => n + seconds, 0), 60);
    assert.equal(of("com.whatsapp").length, 0, "another device's");

    const list = await waitFor(async () => {
      const list = await daemon.get<App[]>("/phone/apps");
      return list.some(({ app }) => app === "com.whatsapp") ? list : undefined;
    });
    assert.deepEqual(list.map(({ app, seconds }) => [app, seconds]), [
      [INSTAGRAM, 600],
      [HOSTILE, 300],
      ["com.whatsapp", 120],
      [null, 60],
    ]);
    const put = async (app: string, cls: string | null) => {
      const headers = { "Content-Type": "application/json" };
      const init = { method: "PUT", headers, body: JSON.stringify({ app, class: cls }) };
      const response = await daemon.fetch("/phone/apps", init);
      return [response.status, await response.json()] as const;
    };
    // At the same time, and none of them is lost.
    const changes = await Promise.all([
      put(INSTAGRAM, "signal"),
      put(HOSTILE, "noise"),
      put("Not there yet", "noise"),
      put("Work app", "signal"),
    ]);
    assert.deepEqual(changes.map(([status, { own }]) => [status, own]), Array(4).fill([200, true]));
    const now = await daemon.get<App[]>("/phone/apps");
    assert.deepEqual(now.map(({ app, class: cls, own }) => [app, cls, own]), [
      [INSTAGRAM, "signal", true],
      [HOSTILE, "noise", true],
      ["com.whatsapp", list[2].class, false],
      [null, "neutral", false],
      ["Not there yet", "noise", true],
    ]);
    await waitFor(async () => sum(await days("p"), (day) => day.distracting_seconds) === 300);
    assert.deepEqual((await put(INSTAGRAM, null))[1].class, "noise");
    await waitFor(async () => sum(await days("p"), (day) => day.distracting_seconds) === 900);
    assert.equal((await put("", "noise"))[0], 422);
    const missing = await daemon.fetch("/phone/day?device_id=nobody");
    assert.equal(missing.status, 404);
    await missing.text();
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
});
