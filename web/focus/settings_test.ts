/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { DEFAULT_SETTINGS, parseSettings } from "./settings.ts";

Deno.test("parseSettings() keeps what makes sense and replaces what does not", () => {
  const own = {
    minutes: null,
    cameraId: "abc",
    lookAwaySeconds: 5,
    volume: 0,
    isMuted: true,
    isPictureShown: false,
    isBoxShown: false,
    isNotifying: true,
    isMailWished: true,
    isSmsWished: true,
  };
  assert.deepEqual(parseSettings(JSON.stringify(own)), own);
  const wrong = { minutes: -1, cameraId: 7, lookAwaySeconds: "3", volume: 2, isMuted: "yes" };
  assert.deepEqual(parseSettings(JSON.stringify(wrong)), DEFAULT_SETTINGS);
  for (const text of [null, "", "{", "[]", "null", "5", '"x"']) {
    assert.deepEqual(parseSettings(text), DEFAULT_SETTINGS, `${text}`);
  }
});
