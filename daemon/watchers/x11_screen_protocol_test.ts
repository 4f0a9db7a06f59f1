import assert from "node:assert/strict";
import {
  getImage,
  parseAttributes,
  parseDisplayIsOff,
  parseGeometry,
  parseMonitors,
  parseScreenSaverIsOn,
} from "./x11_screen_protocol.ts";

/** A reply of 32 bytes and more, with some bytes set. */
function reply(bytes: Readonly<Record<number, number>>, length = 32): DataView {
  const data = new Uint8Array(length);
  for (const [at, byte] of Object.entries(bytes)) data[Number(at)] = byte;
  return new DataView(data.buffer);
}

Deno.test("getImage() asks for all planes of a part, in the order of the protocol", () => {
  const bytes = getImage(0x1234, { x: -1, y: 2, widthPx: 1920, heightPx: 34 });
  assert.deepEqual(
    [...bytes],
    [73, 2, 5, 0, 0x34, 0x12, 0, 0, 0xff, 0xff, 2, 0, 0x80, 7, 34, 0, 255, 255, 255, 255],
  );
});

Deno.test("parseDisplayIsOff() is so only while power saving is on and has dimmed the display", () => {
  for (
    const [level, isEnabled, isOff] of [[0, 1, false], [1, 1, true], [3, 1, true], [3, 0, false]]
  ) {
    assert.equal(parseDisplayIsOff(reply({ 8: Number(level), 10: Number(isEnabled) })), isOff);
  }
});

Deno.test("parseScreenSaverIsOn() is not so when it is off, switched off, or somebody else's", () => {
  const found = [0, 1, 2, 3].map((state) => parseScreenSaverIsOn(reply({ 1: state })));
  assert.deepEqual(found, [false, true, false, false]);
});

Deno.test("parseMonitors() finds each behind the outputs of the one before, also left of the first", () => {
  const first = { 32: 7, 38: 2, 44: 0x80, 45: 7, 46: 0x38, 47: 4 };
  const second = { 64: 9, 70: 0, 72: 0x80, 73: 0xf8, 76: 0x80, 77: 7, 78: 0x38, 79: 4 };
  assert.deepEqual(parseMonitors(reply({ 12: 2, ...first, ...second }, 88)), [
    { nameAtom: 7, x: 0, y: 0, widthPx: 1920, heightPx: 1080 },
    { nameAtom: 9, x: -1920, y: 0, widthPx: 1920, heightPx: 1080 },
  ]);
});

Deno.test("parseGeometry() takes the border in", () => {
  const at = reply({ 12: 0xff, 13: 0xff, 14: 5, 16: 100, 18: 50, 20: 2 });
  assert.deepEqual(parseGeometry(at), { x: -1, y: 5, widthPx: 104, heightPx: 54 });
});

Deno.test("parseAttributes() tells what is drawn, and what a window manager leaves alone", () => {
  assert.deepEqual(
    parseAttributes(reply({ 12: 1, 26: 2, 27: 1 })),
    { isViewable: true, isInputOnly: false, overrideRedirect: true },
  );
  assert.deepEqual(
    parseAttributes(reply({ 12: 2, 26: 1 })),
    { isViewable: false, isInputOnly: true, overrideRedirect: false },
  );
});
