import assert from "node:assert/strict";
import fc from "fast-check";
import type { Notification } from "../core/notification.ts";
import { osascriptCommand } from "./desktop_macos.ts";
import { notifySendArgs } from "./desktop_notify_send.ts";
import { harmless } from "./desktop_text.ts";
import { toastCommand, toastScript } from "./desktop_windows.ts";

const TEXT = { title: "--help", body: 'look " at <b>this</b> & that\\n' };

Deno.test("notifySendArgs() hands texts over as arguments that are never options, markup or escapes", () => {
  assert.deepEqual(notifySendArgs(TEXT).slice(-3), [
    "--",
    "--help",
    'look " at &lt;b>this&lt;/b> &amp; that\\\\n',
  ]);
});

Deno.test("notifySendArgs() asks for buttons only of a version that has them", () => {
  const actions = [{ id: "block", label: "--help=me" }];
  const without = notifySendArgs({ ...TEXT, actions });
  assert.ok(!without.some((arg) => arg.startsWith("--action")));
  const args = notifySendArgs({ ...TEXT, isUrgent: true, actions }, { withActions: true });
  assert.ok(args.includes("--action=block=--help=me"));
  assert.ok(args.includes("--urgency=critical") && args.includes("--expire-time=0"));
});

Deno.test("osascriptCommand() hands texts over as arguments, not as AppleScript", () => {
  const mac = osascriptCommand(TEXT);
  assert.equal(mac[0], "osascript");
  assert.deepEqual(mac.slice(-3), ["--", TEXT.title, TEXT.body]);
  assert.ok(!mac.slice(0, -3).join().includes("help"));
});

/** The script behind `-EncodedCommand`. */
function decoded(command: readonly string[]): string {
  return new TextDecoder("utf-16le").decode(Uint8Array.fromBase64(command.at(-1)!));
}

Deno.test("toastCommand() gives PowerShell one script, whole", () => {
  const command = toastCommand(TEXT);
  assert.equal(command[0], "powershell.exe");
  assert.equal(command.at(-2), "-EncodedCommand");
  assert.equal(decoded(command), toastScript(TEXT));
});

Deno.test("toastScript() has the texts in it as Base64 and in no other way", () => {
  const empty = toastScript({ title: "", body: "" });
  fc.assert(fc.property(fc.string({ unit: "binary" }), fc.string(), (title, body) => {
    const found = [...toastScript({ title, body }).matchAll(/Text '([^']*)'/g)].map(([, text]) =>
      new TextDecoder().decode(Uint8Array.fromBase64(text))
    );
    assert.deepEqual(found, [title.toWellFormed(), body]);
    // Without them it is the same script for every text.
    assert.equal(
      toastScript({ title, body }).replaceAll(/Text '[A-Za-z0-9+/=]*'/g, "Text ''"),
      empty,
    );
  }));
});

const HOSTILE: readonly [
  what: string,
  given: Partial<Notification>,
  expected: Partial<Notification>,
][] = [
  ["an ordinary text", { title: "Noise", body: "12 of 15 min\non reddit.com" }, {
    title: "Noise",
    body: "12 of 15 min\non reddit.com",
  }],
  ["lines in a title", { title: "a\nb\r\n\tc" }, { title: "a b c" }],
  ["controls", { title: "a\x1b[31mb\0", body: "\x07x" }, {
    title: "a\ufffd[31mb\ufffd",
    body: "\ufffdx",
  }],
  ["overrides of the direction", { body: "a\u202egpj.exe" }, { body: "a\ufffdgpj.exe" }],
  ["half a surrogate", { title: "a\ud83d" }, { title: "a\ufffd" }],
  ["blank lines", { body: "\n\n a \n\n\nb\n" }, { body: "a\nb" }],
  ["piled up marks", { body: `a${"\u0301".repeat(500)}b` }, { body: `a${"\u0301".repeat(4)}b` }],
  ["no title", { title: " \n" }, { title: "ProdTracker" }],
  ["markup, which is for the service to escape", { body: "<b>&amp;" }, { body: "<b>&amp;" }],
  ["an action without a label", {
    actions: [{ id: "a", label: " " }, { id: "b", label: "B\n" }],
  }, { actions: [{ id: "b", label: "B" }] }],
];

for (const [what, given, expected] of HOSTILE) {
  Deno.test(`harmless() with ${what}`, () => {
    assert.deepEqual(harmless({ title: "T", body: "", ...given }), {
      title: "T",
      body: "",
      isUrgent: undefined,
      actions: [],
      ...expected,
    });
  });
}

Deno.test("harmless() gives short, well-formed texts without controls, whatever comes", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 2_000 }),
    fc.constantFrom("x".repeat(10_000), "\ud83d\ude00".repeat(10_000), "\n".repeat(10_000)),
  );
  fc.assert(fc.property(text, text, text, (title, body, label) => {
    const shown = harmless({ title, body, actions: [{ id: "a", label }] });
    const all = [shown.title, shown.body, ...shown.actions!.map(({ label }) => label)];
    assert.ok([...shown.title].length <= 100 && [...shown.body].length <= 250);
    assert.ok(shown.body.split("\n").length <= 6 && shown.title !== "");
    for (const part of all) {
      assert.ok(part.isWellFormed());
      assert.doesNotMatch(part.replaceAll("\n", ""), /[\p{Cc}\p{Cs}\u202a-\u202e]/u);
    }
  }));
});
