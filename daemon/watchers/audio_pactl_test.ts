import assert from "node:assert/strict";
import { isAudible } from "../core/presence_sound.ts";
import { parsePlayed, parsePlayedText } from "./audio_pactl.ts";

const read = (name: string) =>
  Deno.readTextFileSync(new URL(`../../tests/fixtures/${name}`, import.meta.url));

/** A film, a silent player, a notification (PulseAudio only) and a loop of the server's own. */
const PLAYED = {
  pulseaudio: {
    audible: [true, false, false, false],
    roles: ["video", undefined, "event", "abstract"],
  },
  // It had not heard of the volume yet.
  pipewire: { audible: [true, true, false], roles: ["video", undefined, undefined] },
};

for (const [server, { audible, roles }] of Object.entries(PLAYED)) {
  Deno.test(`parsePlayed() reads ${server}'s streams, as JSON and as text`, () => {
    const json = parsePlayed(read(`sink_inputs_${server}.json`))!;
    assert.deepEqual(json.map(isAudible), audible);
    assert.deepEqual(json.map(({ role }) => role), roles);
    assert.deepEqual(parsePlayedText(read(`sink_inputs_${server}.txt`)), json);
  });
}

Deno.test("parsePlayed() takes nothing for an answer that is none", () => {
  for (const text of ["", "Connection failure", "{}", "null", '[{"index": 1,']) {
    assert.equal(parsePlayed(text), undefined, text);
  }
  assert.deepEqual(parsePlayed("[]"), []);
  assert.deepEqual(parsePlayedText(""), []);
  assert.deepEqual(parsePlayed("[null, 3]")!.map(isAudible), [false, false]);
});

Deno.test("parsePlayed() tells a paused, a muted and a filtered stream", () => {
  const parse = (more: object) => parsePlayed(JSON.stringify([{ client: "1", ...more }]))![0];
  assert.equal(isAudible(parse({})), true);
  assert.equal(isAudible(parse({ corked: true })), false);
  assert.equal(isAudible(parse({ mute: true })), false);
  assert.equal(isAudible(parse({ volume: { left: { value: 0 }, right: { value: 900 } } })), true);
  assert.equal(isAudible(parse({ properties: { "node.virtual": "true" } })), false);
});
