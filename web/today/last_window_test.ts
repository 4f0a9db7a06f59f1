/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import type { WireEvent } from "../wire.ts";
import { lastWindow } from "./last_window.ts";

const event = (source: string, app: string | null, title: string | null = null) =>
  ({ source, app, title }) as WireEvent;

Deno.test("lastWindow() is the newest window that has a name, no phone and no time away", () => {
  const code = event("window", "Code");
  const events = [
    ...[event("phone", "com.feed"), event("afk", null), event("window", " "), code],
    event("window", "mpv"),
  ];
  assert.equal(lastWindow(events), code);
  const titled = event("window", null, "a title");
  assert.equal(lastWindow([titled]), titled);
  assert.equal(lastWindow([event("manual", "Meeting")]), undefined);
  assert.equal(lastWindow([]), undefined);
});
