import assert from "node:assert/strict";
import {
  parseMonitors,
  parseRecordings,
  parseRecordingsText,
  type Recording,
  useOf,
} from "./microphone_pactl.ts";

/** Captured: Debian 12's pactl 16.1, with PulseAudio 16.1 and with PipeWire 0.3.65. */
const captured = (name: string) =>
  Deno.readTextFileSync(new URL(`../../tests/fixtures/source_outputs_${name}`, import.meta.url));

const SERVERS = [
  { name: "pulseaudio", monitor: 0, microphone: 1, clients: [undefined, "0", "1", "2", "3"] },
  { name: "pipewire", monitor: 44, microphone: 51, clients: ["54", "59", "61", "67"] },
];

for (const { name, monitor, microphone, clients } of SERVERS) {
  const json = parseRecordings(captured(`${name}.json`))!;

  Deno.test(`the recordings of ${name} are the same by JSON and by text`, () => {
    const text = parseRecordingsText(captured(`${name}.txt`));
    assert.deepEqual(json.map(({ client }) => client), clients);
    assert.deepEqual(
      text.map(({ source, client, isCorked }) => ({ source, client, isCorked })),
      json.map(({ source, client, isCorked }) => ({ source, client, isCorked })),
    );
    const names = (recordings: readonly Recording[]) =>
      recordings.map(({ properties }) => properties["application.name"]);
    assert.deepEqual(names(text), names(json));
  });

  Deno.test(`useOf() takes ${name}'s call for a use, and no monitor, loop or level meter`, () => {
    const monitors = new Set([monitor]);
    assert.deepEqual(useOf(json, monitors), { inUse: true, by: "Zoom Meeting" });
    const others = json.filter(({ properties }) =>
      !["Zoom Meeting", "Paused", "pw-record"].includes(properties["application.name"])
    );
    assert.ok(others.length >= 2);
    assert.deepEqual(useOf(others, monitors), { inUse: false });
    assert.ok(others.some(({ source }) => source === microphone));
  });
}

Deno.test("PipeWire says itself what records an output, whatever the source is called", () => {
  const recorder = parseRecordings(captured("pipewire.json"))!.filter(({ properties }) =>
    properties["application.name"] === "Recorder"
  );
  assert.deepEqual(useOf(recorder, new Set()), { inUse: false });
});

const CALL: Recording = {
  source: 1,
  client: "7",
  isCorked: false,
  resampleMethod: "speex-float-1",
  properties: { "application.name": "Zoom" },
};

const CASES: readonly [what: string, recording: Partial<Recording>, by: string | false][] = [
  ["a call", {}, "Zoom"],
  ["a paused one", { isCorked: true }, false],
  ["one of a monitor", { source: 0 }, false],
  ["one of no source", { source: undefined }, false],
  ["one of the server itself", { client: undefined }, false],
  ["a level meter", { resampleMethod: "peaks" }, false],
  ["a filter of PipeWire", { properties: { "node.virtual": "true" } }, false],
  [
    "a name that is not ASCII",
    { properties: { "application.name": "(null)", "application.process.binary": "anruf" } },
    "anruf",
  ],
];

for (const [what, recording, by] of CASES) {
  Deno.test(`useOf() ${what}: ${by || "no use"}`, () => {
    const use = useOf([{ ...CALL, ...recording }], new Set([0]));
    assert.deepEqual(use, by === false ? { inUse: false } : { inUse: true, by });
  });
}

Deno.test("parseMonitors() takes the sources that repeat an output", () => {
  const sources = "0\talsa_output.pci.monitor\tmodule-alsa-card.c\ts16le 2ch 44100Hz\tIDLE\n" +
    "51\tmonitor.usb_microphone\tPipeWire\tfloat32le 1ch 48000Hz\tRUNNING\n";
  assert.deepEqual(parseMonitors(sources), new Set([0]));
  assert.deepEqual(parseMonitors(""), new Set());
});

Deno.test("parseRecordings() gives nothing for what is no list", () => {
  for (const text of ["", "no", "{}", "null"]) assert.equal(parseRecordings(text), undefined, text);
  assert.deepEqual(parseRecordings("[]"), []);
  assert.deepEqual(parseRecordingsText(""), []);
  const [bare] = parseRecordings('[{"source":4294967295,"corked":true}]')!;
  assert.deepEqual(bare, {
    source: undefined,
    client: undefined,
    isCorked: true,
    resampleMethod: "",
    properties: {},
  });
});
