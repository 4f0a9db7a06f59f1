/** What a broken or hostile client sends: the right 4xx, one line, and nothing stored. */
import assert from "node:assert/strict";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";

interface Case {
  readonly name: string;
  readonly method?: string;
  readonly path: string;
  readonly body?: BodyInit;
  readonly type?: string;
  readonly status: number;
}

const CASES: Case[] = [
  { name: "broken JSON", method: "PUT", path: "/rules", body: "[{", status: 400 },
  {
    name: "broken UTF-8",
    method: "PUT",
    path: "/rules",
    body: new Uint8Array([91, 0xff, 93]),
    status: 400,
  },
  { name: "an object for a list", method: "PUT", path: "/rules", body: "{}", status: 400 },
  {
    name: "a rule without a class",
    method: "PUT",
    path: "/rules",
    body: `[{"match":"app","exact":"x"}]`,
    status: 400,
  },
  {
    name: "a regular expression that is none",
    method: "PUT",
    path: "/rules",
    body: `[{"match":"title","regex":"(","class":"noise"}]`,
    status: 422,
  },
  {
    name: "another media type",
    method: "PUT",
    path: "/rules",
    body: "[]",
    type: "text/plain",
    status: 415,
  },
  {
    name: "10 MB of JSON",
    method: "PUT",
    path: "/rules",
    body: `["${"x".repeat(10_000_000)}"]`,
    status: 413,
  },
  {
    name: "10 MB where 64 KiB are allowed",
    method: "POST",
    path: "/rules/test",
    body: `{"title":"${"x".repeat(10_000_000)}"}`,
    status: 413,
  },
  {
    name: "an unknown field",
    method: "POST",
    path: "/rules/test",
    body: `{"titel":"x"}`,
    status: 400,
  },
  {
    name: "a number for a title",
    method: "POST",
    path: "/rules/test",
    body: `{"title":5}`,
    status: 400,
  },
  { name: "a window of no minutes", path: "/metrics/snr?last_minutes=0", status: 422 },
  { name: "a window beyond all time", path: "/metrics/snr?last_minutes=99999999", status: 422 },
  { name: "a window that is no number", path: "/metrics/snr?last_minutes=1e3", status: 422 },
  { name: "too many recent events", path: "/events/recent?limit=501", status: 422 },
  { name: "a day that is none", path: "/activity/day?date=2026-02-30", status: 422 },
  {
    name: "a range that ends first",
    path: "/activity/top?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
    status: 422,
  },
  { name: "a cursor of one's own", path: "/events?cursor=abc", status: 422 },
  { name: "an unknown route", path: "/admin", status: 404 },
  { name: "another method", method: "DELETE", path: "/health", status: 405 },
  {
    name: "an import that is not UTF-8",
    method: "POST",
    path: "/import",
    body: new Uint8Array([0xff, 0xfe]),
    status: 400,
  },
  {
    name: "an endless CSV quote",
    method: "POST",
    path: "/import?format=csv",
    body: `a\n"x`,
    status: 400,
  },
  {
    name: "a login code that is none",
    method: "POST",
    path: "/session",
    body: `{"code":"x"}`,
    status: 404,
  },
  {
    name: "a copy over something",
    method: "POST",
    path: "/backup",
    body: `{"path":"/etc/hostname"}`,
    status: 409,
  },
];

Deno.test("bad input is answered with its 4xx and a code, and leaves everything as it was", async (t) => {
  const daemon = await startDaemon(["--no-track"]);
  try {
    const before = await everything(daemon);
    for (const { name, method = "GET", path, body, type = "application/json", status } of CASES) {
      await t.step(`${name}: ${status}`, async () => {
        const response = await daemon.fetch(path, {
          method,
          body,
          headers: body === undefined ? {} : { "content-type": type },
        });
        const reply = await response.json();
        assert.equal(response.status, status, JSON.stringify(reply));
        assert.match(reply.error.code, /^[a-z_]+$/);
        assert.ok(reply.error.message.length > 0 && reply.error.message.length < 300);
        assert.ok(!/\n| at .*\.ts/.test(reply.error.message), "a stack trace");
      });
    }
    assert.deepEqual(await everything(daemon), before);
    assert.equal((await daemon.get<{ status: string }>("/health")).status, "ok");
  } finally {
    await daemon.stop();
    Deno.removeSync(daemon.dataDir, { recursive: true });
  }
});

async function everything(daemon: DaemonProcess) {
  return [await daemon.get("/rules"), await daemon.get("/events/recent")];
}
