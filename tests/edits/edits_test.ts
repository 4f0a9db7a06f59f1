/** Edits through the API of a real daemon: what they make of the record, and that they can be taken back. */
import assert from "node:assert/strict";
import { startDaemon } from "../daemon_process.ts";
import { Phone } from "../phone/phone.ts";
import { at, BEGIN_MS, minutes, record, seen, send, withDaemon } from "./scene.ts";
import type { WireAway, WireEdit, WireNote } from "./scene.ts";

Deno.test("an entry has its time to itself, in totals, tops and lists, and is undone", () =>
  withDaemon(async (daemon) => {
    await record(daemon, ["window", "Code", 0, 30], ["afk", "", 30, 90]);
    const before = { seen: await seen(daemon), minutes: await minutes(daemon) };
    const entry = { from: at(20), to: at(80), title: "Planning", class: "signal" };
    const answer = await send(daemon, "/edits/entries", { ...entry, category: "Meetings" });
    assert.equal(answer.status, 200);
    assert.deepEqual(
      { ...answer.edit, at: "", id: 0 },
      {
        ...{ id: 0, at: "", kind: "add", from: at(20), to: at(80), seconds: 3600 },
        ...{ title: "Planning", class: "signal", category: "meetings" },
        ...{ source: null, event: null, note: null, undone_at: null },
      },
    );
    assert.deepEqual(await minutes(daemon), { signal: 80, noise: 0, neutral: 0, afk: 10 });
    const { events: [event] } = await daemon.get<{ events: Record<string, unknown>[] }>(
      "/events?source=manual",
    );
    const { app, device, title, category } = event;
    assert.deepEqual([app, device, title, category], [null, null, "Planning", "meetings"]);
    const range = `from=${at(0)}&to=${at(120)}`;
    const { items } = await daemon.get<{ items: { name: string; seconds: number }[] }>(
      `/activity/top?${range}`,
    );
    assert.deepEqual(items.map(({ name, seconds }) => [name, seconds]), [
      ["Planning", 3600],
      ["Code", 1200],
    ]);

    const undone = await send(daemon, `/edits/${answer.edit.id}/undo`);
    assert.equal(undone.status, 200);
    assert.notEqual(undone.edit.undone_at, null);
    assert.deepEqual({ seen: await seen(daemon), minutes: await minutes(daemon) }, before);
    assert.equal((await send(daemon, `/edits/${answer.edit.id}/undo`)).status, 409);
    assert.equal((await send(daemon, `/edits/${answer.edit.id}/redo`)).status, 200);
    assert.equal((await minutes(daemon)).signal, 80);
  }));

Deno.test("a change keeps what it does not name: this hour on YouTube was research", () =>
  withDaemon(async (daemon) => {
    await record(daemon, ["window", "YouTube", 0, 60], ["window", "Code", 60, 70], [
      "afk",
      "",
      70,
      80,
    ]);
    const change = { from: at(0), to: at(100), class: "signal", category: "research" };
    const { edit } = await send(daemon, "/edits/changes", change);
    assert.deepEqual((await seen(daemon)).filter((line) => line.startsWith("manual")), [
      "manual YouTube 0-60 signal",
      "manual Code 60-70 signal",
    ]);
    // One event of them, by its number.
    const { events } = await daemon.get<{ events: { id: number; app: string }[] }>(
      "/events?source=manual",
    );
    const { id } = events.find(({ app }) => app === "Code")!;
    const second = await send(daemon, "/edits/changes", { event: id, title: "Review" });
    assert.equal(second.edit.event, id);
    const conflict = await send(daemon, `/edits/${edit.id}/undo`);
    assert.equal(conflict.status, 409);
    assert.match(
      conflict.error!.message,
      new RegExp(`edit ${second.edit.id} .*undo that one first`),
    );
    for (const each of [second.edit, edit]) await send(daemon, `/edits/${each.id}/undo`);
    assert.deepEqual(await seen(daemon), [
      "window YouTube 0-60 noise",
      "window Code 60-70 signal",
      "afk - 70-80 afk",
    ]);
  }));

Deno.test("a deletion says what it would touch, does it, and late heartbeats do not bring it back", () =>
  withDaemon(async (daemon) => {
    const phone = await Phone.pair(daemon, "pixel");
    const beat = (minute: number) => ({
      timestamp: BEGIN_MS / 1000 + minute * 60,
      ...{ screen_on: true, foreground_app: "com.google.android.youtube" },
    });
    await record(daemon, ["window", "Code", 0, 60]);
    const deletion = { from: at(10), to: at(20) };
    const { edit, touched } = await send(daemon, "/edits/deletions", {
      ...deletion,
      dry_run: true,
    });
    assert.equal(edit, null);
    assert.deepEqual([touched.events, touched.signal_seconds, touched.noise_seconds], [1, 600, 0]);
    assert.deepEqual(await seen(daemon), ["window Code 0-60 signal"]);
    const real = await send(daemon, "/edits/deletions", deletion);
    const late = JSON.stringify({
      ...{ device_id: "pixel", heartbeats: [9, 9.5, 10, 10.5, 11].map(beat) },
    });
    assert.equal((await phone.raw("/phone/heartbeats", late)).status, 200);
    const without = await seen(daemon);
    assert.deepEqual(without.filter((line) => line.startsWith("window")), [
      "window Code 0-10 signal",
      "window Code 20-60 signal",
    ]);
    assert.deepEqual(without.filter((line) => line.startsWith("phone")), [
      "phone com.google.android.youtube 9-10 noise",
    ]);
    await send(daemon, `/edits/${real.edit.id}/undo`);
    assert.deepEqual((await seen(daemon)).map((line) => line.split(" ").slice(0, 3).join(" ")), [
      "window Code 0-60",
      "phone com.google.android.youtube 9-11",
    ]);
  }));

Deno.test("what was deleted comes back after a kill -9, by undo", async () => {
  const first = await startDaemon(["--no-track"]);
  await record(first, ["window", "Code", 0, 60], ["window", "YouTube", 60, 90]);
  const before = await seen(first);
  const { edit } = await send(first, "/edits/deletions", { from: at(30), to: at(80) });
  await send(first, "/edits/entries", { from: at(40), to: at(50), title: "Tea", class: "neutral" });
  await first.kill();
  const second = await startDaemon(["--no-track"], { dataDir: first.dataDir });
  try {
    assert.deepEqual(await seen(second), [
      "window Code 0-30 signal",
      "manual Tea 40-50 neutral",
      "window YouTube 80-90 noise",
    ]);
    const { edits } = await second.get<{ edits: WireEdit[] }>("/edits");
    assert.deepEqual(edits.map(({ kind }) => kind), ["add", "delete"]);
    for (const each of edits) {
      assert.equal((await send(second, `/edits/${each.id}/undo`)).status, 200);
    }
    assert.equal(edits[1].id, edit.id);
    assert.deepEqual(await seen(second), before);
  } finally {
    await second.stop();
    await Deno.remove(first.dataDir, { recursive: true });
  }
});

Deno.test("edits that cannot be are refused, and change nothing", () =>
  withDaemon(async (daemon) => {
    await record(daemon, ["window", "Code", 0, 60]);
    const entry = { title: "x", class: "signal" };
    const future = new Date(Date.now() + 3_600_000).toISOString();
    const longAgo = new Date(BEGIN_MS - 25 * 3_600_000).toISOString();
    const refusals: [path: string, body: unknown, status: number, says: RegExp][] = [
      ["/edits/entries", { ...entry, from: at(5), to: at(5) }, 422, /"to" must be after "from"/],
      ["/edits/entries", { ...entry, from: at(9), to: at(5) }, 422, /"to" must be after "from"/],
      ["/edits/entries", { ...entry, from: at(5), to: future }, 422, /future/],
      ["/edits/entries", { ...entry, from: longAgo, to: at(5) }, 422, /24 hours/],
      ["/edits/entries", { ...entry, from: at(0), to: at(5), class: "afk" }, 422, /class/],
      ["/edits/entries", { ...entry, from: at(0), to: at(5), category: "a/b/c" }, 422, /category/],
      ["/edits/entries", { ...entry, from: "13:00", to: at(5) }, 422, /from/],
      ["/edits/entries", { ...entry, from: at(0), to: at(5), title: "" }, 422, /title/],
      ["/edits/changes", { from: at(0), to: at(5) }, 422, /change nothing/],
      ["/edits/changes", { class: "noise" }, 422, /"event"/],
      ["/edits/changes", { from: at(0), to: at(5), event: 1, class: "noise" }, 422, /"event"/],
      [
        "/edits/changes",
        { from: at(100), to: at(110), class: "noise" },
        422,
        /nothing is recorded/,
      ],
      ["/edits/changes", { event: 999, class: "noise" }, 404, /event 999/],
      ["/edits/deletions", { from: at(0) }, 422, /needs both/],
      ["/edits/deletions", { event: 999 }, 404, /event 999/],
      ["/edits/77/undo", {}, 404, /edit 77/],
      ["/edits/x/undo", {}, 404, /edit/],
      ["/edits/away/dismiss", { from: at(5), to: at(4) }, 422, /"to" must be after "from"/],
      ["/notes", { from: at(0), text: "" }, 422, /text/],
      ["/notes", { from: at(0), text: "x".repeat(10_001) }, 422, /text/],
      ["/notes", { from: future, text: "x" }, 422, /future/],
    ];
    for (const [path, body, status, says] of refusals) {
      const answer = await send(daemon, path, body);
      assert.equal(answer.status, status, `${path} ${JSON.stringify(body)}`);
      assert.match(answer.error!.message, says);
    }
    assert.deepEqual(await daemon.get("/edits"), { edits: [], next_cursor: null });
    assert.deepEqual(await seen(daemon), ["window Code 0-60 signal"]);
    const stranger = await daemon.fetch("/edits", { headers: { "x-admin-token": "no" } });
    assert.equal(stranger.status, 401);
    await stranger.body?.cancel();
  }));

Deno.test("notes are added, changed, deleted and undone", () =>
  withDaemon(async (daemon) => {
    const { note } = await send(daemon, "/notes", { from: at(5), text: "began the report" });
    assert.equal(note.to, null);
    const body = { from: at(5), to: at(15), text: "wrote the report\nall of it" };
    const changed = await send(daemon, `/notes/${note.id}`, body, "PUT");
    assert.deepEqual(changed.note, { id: note.id, ...body });
    const list = () => daemon.get<WireNote[]>(`/notes?from=${at(10)}&to=${at(20)}`);
    assert.deepEqual(await list(), [changed.note]);
    const deleted = await send(daemon, `/notes/${note.id}`, undefined, "DELETE");
    assert.equal(deleted.status, 200);
    assert.deepEqual(await list(), []);
    assert.equal((await send(daemon, `/notes/${note.id}`, body, "PUT")).status, 404);
    await send(daemon, `/edits/${deleted.edit.id}/undo`);
    assert.deepEqual(await list(), [changed.note]);
  }));

Deno.test("time away is asked about until it has an entry or is dismissed", () =>
  withDaemon(async (daemon) => {
    await record(
      daemon,
      ["afk", "", 0, 20],
      ["window", "Code", 20, 21],
      ["afk", "", 21, 40],
      ["window", "Code", 40, 60],
      ["afk", "", 60, 69],
      ["window", "Code", 69, 100],
      ["afk", "", 100, 130],
    );
    const range = `from=${at(0)}&to=${at(200)}`;
    const away = async () => {
      const open = await daemon.get<WireAway[]>(`/edits/away?${range}`);
      return open.map(({ from, to }) => [from, to]);
    };
    assert.deepEqual(await away(), [[at(0), at(40)], [at(100), at(130)]]);
    const entry = { from: at(0), to: at(40), title: "Lunch", class: "neutral" };
    const { edit } = await send(daemon, "/edits/entries", entry);
    assert.deepEqual(await away(), [[at(100), at(130)]]);
    await send(daemon, "/edits/away/dismiss", { from: at(100), to: at(130) });
    assert.deepEqual(await away(), []);
    await send(daemon, `/edits/${edit.id}/undo`);
    assert.deepEqual(await away(), [[at(0), at(40)]]);
  }));

Deno.test("an export carries entries, and an import brings them in as they were given", () =>
  withDaemon(async (daemon) => {
    const entry = { from: at(0), to: at(30), title: "YouTube", class: "signal", category: "study" };
    await send(daemon, "/edits/entries", entry);
    await record(daemon, ["window", "Code", 0, 60]);
    for (const format of ["jsonl", "csv"]) {
      const text = await (await daemon.fetch(`/export?format=${format}`)).text();
      const again = await daemon.fetch(`/import?format=${format}`, { method: "POST", body: text });
      const { added, duplicates } = await again.json();
      assert.deepEqual([added, duplicates], [0, 2]);
      await withDaemon(async (other) => {
        const response = await other.fetch(`/import?format=${format}`, {
          method: "POST",
          body: text,
        });
        assert.equal((await response.json()).added, 2);
        assert.deepEqual(await seen(other), await seen(daemon));
        const { events: [event] } = await other.get<{ events: Record<string, unknown>[] }>(
          "/events?source=manual",
        );
        assert.deepEqual([event.class, event.category], ["signal", "study"]);
        await send(other, "/rules", [{ match: "title", exact: "YouTube", class: "noise" }], "PUT");
        assert.equal((await seen(other))[0], "manual YouTube 0-30 signal");
      });
    }
  }));
