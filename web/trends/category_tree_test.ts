/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { categoryTree, secondsIn } from "./category_tree.ts";

const category = (name: string | null, seconds: number, previous_seconds = 0) => ({
  ...{ name, signal_seconds: seconds, noise_seconds: 0, neutral_seconds: 0, previous_seconds },
});

Deno.test("categoryTree() puts levels under their parent, with its own time beside them", () => {
  const tree = categoryTree([
    category("media/video", 60),
    category("work", 50),
    category(null, 40),
    category("media", 30, 5),
    category("media/music", 20),
    category("gone", 0, 0),
    category("before", 0, 9),
  ]);
  assert.deepEqual(
    tree.map(({ name, seconds, previousSeconds, children }) => ({
      ...{ name, seconds, previousSeconds, children: children.map((child) => child.name) },
    })),
    [
      {
        ...{ name: "Media", seconds: 110, previousSeconds: 5 },
        children: ["Video", "In general", "Music"],
      },
      { name: "Work", seconds: 50, previousSeconds: 0, children: [] },
      { name: "No category", seconds: 40, previousSeconds: 0, children: [] },
      { name: "Before", seconds: 0, previousSeconds: 9, children: [] },
    ],
  );
  assert.equal(secondsIn(tree[0], [1, 2, 4, 8, 16, 32, 64]), 1 + 8 + 16);
});

Deno.test("categoryTree() loses no time", () => {
  const name = fc.option(fc.constantFrom("a", "a/b", "a/c", "b", "b/b", "c/a"), { nil: null });
  const all = fc.uniqueArray(fc.tuple(name, fc.nat(1000), fc.nat(9)), { selector: ([n]) => n });
  fc.assert(fc.property(all, (given) => {
    const tree = categoryTree(given.map(([n, seconds, before]) => category(n, seconds, before)));
    const whole = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
    assert.equal(whole(tree.map((node) => node.seconds)), whole(given.map(([, s]) => s)));
    for (const node of tree.filter(({ children }) => children.length > 0)) {
      assert.equal(whole(node.children.map((child) => child.seconds)), node.seconds);
      assert.deepEqual(
        node.children.flatMap(({ places }) => places).toSorted(),
        node.places.toSorted(),
      );
    }
  }));
});

Deno.test("categoryTree() makes signs visible that would turn or hide text", () => {
  assert.equal(categoryTree([category("\u202eevil", 1)])[0].name, "\ufffdevil");
});
