import assert from "node:assert/strict";
import fc from "fast-check";
import { NameTable } from "./name_table.ts";

Deno.test("NameTable finds whole names only, in the first list that holds them", () => {
  const table = new NameTable(["code, vim,\n  visual studio code", undefined, "vim, x"]);
  assert.equal(table.get("code"), 0);
  assert.equal(table.get("visual studio code"), 0);
  assert.equal(table.get("vim"), 0);
  assert.equal(table.get("x"), 2);
  for (const name of ["cod", "codes", "visual", "studio code", "", ",", "code, vim"]) {
    assert.equal(table.get(name), undefined, name);
  }
  assert.deepEqual([...table.entries()], [
    ["code", 0],
    ["vim", 0],
    ["visual studio code", 0],
    ["x", 2],
  ]);
});

Deno.test("NameTable agrees with a Map, however many and short the names are", () => {
  const name = fc.stringMatching(/^[a-zé]{1,3}$/);
  const lists = fc.array(fc.array(name, { maxLength: 200 }), { maxLength: 5 });
  fc.assert(fc.property(lists, fc.array(name), (lists, others) => {
    const table = new NameTable(lists.map((names) => names.join(", ")));
    for (const name of [...lists.flat(), ...others]) {
      const place = lists.findIndex((names) => names.includes(name));
      assert.equal(table.get(name), place === -1 ? undefined : place);
    }
  }));
});
