import assert from "node:assert/strict";
import { addFile, addSites, listNameOf, removeFile, removeSite } from "./domains_change.ts";
import type { WireDomains, WireList } from "./wire.ts";

const file = (name: string, path: string): WireList => ({
  ...{ name, kind: "file", count: 1, path, note: null },
});
const known: WireDomains = {
  blocked: ["a.example", "b.example"],
  allowed: ["c.example"],
  lists: [
    { name: "social", kind: "built-in", count: 9, path: null, note: null },
    file("ads", "/ads.txt"),
    file("more", "/more.txt"),
  ],
};

Deno.test("a change replaces its own list and names no other", () => {
  assert.deepEqual(addSites("blocked", ["b.example", "d.example"])(known), {
    blocked: ["a.example", "b.example", "d.example"],
  });
  assert.deepEqual(removeSite("allowed", "c.example")(known), { allowed: [] });
});

Deno.test("list files stay when another comes or goes", () => {
  assert.deepEqual(addFile("ads", "/new.txt")(known), {
    files: [{ name: "more", path: "/more.txt" }, { name: "ads", path: "/new.txt" }],
  });
  assert.deepEqual(removeFile("more")(known), { files: [{ name: "ads", path: "/ads.txt" }] });
});

Deno.test("a list is called after its file", () => {
  const cases = [["/home/me/ads.txt", "ads"], ["C:\\lists\\x.y.hosts", "x.y"], [
    "/etc/hosts",
    "hosts",
  ]];
  for (const [path, name] of cases) assert.equal(listNameOf(path), name);
});
