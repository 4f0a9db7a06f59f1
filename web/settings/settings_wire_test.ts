/// <reference lib="deno.ns" />
/** What the daemon's own schemas say is what the settings expect; the compiler is the test. */
import assert from "node:assert/strict";
import type * as data from "../../daemon/api/data.ts";
import type * as doctor from "../../daemon/api/doctor.ts";
import type * as loop from "../../daemon/api/loop.ts";
import type * as sending from "../../daemon/api/summary_send.ts";
import type * as page from "./settings_wire.ts";

type IsA<Told, Expected> = Told extends Expected ? true : false;

Deno.test("the daemon's answers have the shape that the settings expect", () => {
  const all: [
    IsA<doctor.WireChecks, page.WireChecks>,
    IsA<loop.WireLoop, page.WireLoop>,
    IsA<page.WireLoopConfig, loop.WireLoopConfig>,
    IsA<loop.WireLoopStep, page.WireLoopStep>,
    IsA<sending.WireSent, page.WireSent>,
    IsA<sending.WireSendSchedule, page.WireSchedule>,
    IsA<page.WireSchedule, sending.WireSendSchedule>,
    IsA<data.WireCopies, page.WireCopies>,
    IsA<data.WireImported, page.WireImported>,
  ] = [true, true, true, true, true, true, true, true, true];
  assert.ok(all.every(Boolean));
});
