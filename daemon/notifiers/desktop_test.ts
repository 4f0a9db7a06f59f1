import assert from "node:assert/strict";
import { notifyCommand } from "./desktop.ts";

const TEXT = { title: "--help", body: 'look " at <b>this</b> & that' };

Deno.test("notifyCommand() hands texts over as arguments that are never options, script or markup", () => {
  assert.deepEqual(notifyCommand("linux", TEXT)!.slice(-3), [
    "--",
    "--help",
    'look " at &lt;b>this&lt;/b> &amp; that',
  ]);
  const mac = notifyCommand("darwin", TEXT)!;
  assert.equal(mac[0], "osascript");
  assert.deepEqual(mac.slice(-3), ["--", TEXT.title, TEXT.body]);
  assert.ok(!mac.slice(0, -3).join().includes("help"));
  assert.equal(notifyCommand("windows", TEXT), undefined);
});
