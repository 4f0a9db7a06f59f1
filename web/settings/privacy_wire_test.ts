/// <reference lib="deno.ns" />
/** What the daemon's own schemas say is what these pages expect; the compiler is the test. */
import assert from "node:assert/strict";
import type * as erasure from "../../daemon/api/erasure.ts";
import type * as privacy from "../../daemon/api/privacy.ts";
import type * as screenshots from "../../daemon/api/screenshots.ts";
import type * as page from "./privacy_wire.ts";
import type * as pictures from "./screenshots/wire.ts";

type IsA<Told, Expected> = Told extends Expected ? true : false;

Deno.test("the daemon's answers have the shape that the page expects", () => {
  const all: [
    IsA<privacy.WirePrivacyVerdict, page.WirePrivacyVerdict>,
    IsA<privacy.WirePrivacyPreview, page.WirePrivacyPreview>,
    IsA<erasure.WireErasurePreview, page.WireErasurePreview>,
    IsA<erasure.WireErasure, page.WireErasure>,
    IsA<erasure.WireErasures, page.WireErasures>,
    IsA<screenshots.WireScreenshot, pictures.WireScreenshot>,
    IsA<screenshots.WireScreenshotSettings, pictures.WireScreenshotSettings>,
  ] = [true, true, true, true, true, true, true];
  assert.ok(all.every(Boolean));
});
