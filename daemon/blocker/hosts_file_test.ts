import assert from "node:assert/strict";
import fc from "fast-check";
import { ConflictError } from "../core/errors.ts";
import { BEGIN, END, type HostsBlock } from "./hosts_block.ts";
import {
  applyBlock,
  blockBytes,
  findMark,
  liftBlocks,
  parseHosts,
  renderHosts,
} from "./hosts_file.ts";

const encoder = new TextEncoder();
const BLOCK: HostsBlock = {
  id: 7,
  startMs: Date.UTC(2026, 0, 1),
  endMs: Date.UTC(2026, 0, 1, 1),
  domains: ["example.com", "www.example.com"],
};
const USER = "127.0.0.1 localhost\n::1 localhost # mine\n";

const latin1 = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
const lifted = (text: string) => latin1(liftBlocks(encoder.encode(text)));
const applied = (text: string, block = BLOCK) => latin1(applyBlock(encoder.encode(text), block));

/** Arbitrary bytes, in which pieces of our own lines stand often. */
const bytes = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc.constantFrom(
      "\n",
      "\r\n",
      "\n",
      BEGIN,
      END,
      `${BEGIN} newline=1 id=1 start=1 end=2 domains=2\n`,
      `${END} domains=2\n`,
      "0.0.0.0 a.example\n",
      ":: a.example\n",
      "# Lifted at ",
      "10.0.0.1 nas\n",
      "\ufeff",
      "\0",
    ).map((text) => encoder.encode(text)),
  ),
  { maxLength: 24 },
).map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));
const userBytes = bytes.filter((each) =>
  parseHosts(each).blocks.length === 0 && !/^(\xff\xfe|\xfe\xff)/.test(latin1(each))
);
const domains = fc.array(fc.constantFrom("a.example", "b.example", "x-1.c_d.example"), {
  maxLength: 3,
});

Deno.test("parseHosts() then renderHosts() is the identity on arbitrary bytes", () => {
  fc.assert(
    fc.property(bytes, (each) => {
      assert.deepEqual(renderHosts(parseHosts(each)), each);
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("applyBlock() then liftBlocks() gives exactly the user's bytes, once or twice", () => {
  fc.assert(
    fc.property(userBytes, domains, domains, (user, first, second) => {
      const once = applyBlock(user, { ...BLOCK, domains: first });
      assert.deepEqual(liftBlocks(once), user);
      const twice = applyBlock(once, { ...BLOCK, domains: second });
      assert.deepEqual(twice, applyBlock(user, { ...BLOCK, domains: second }));
      assert.deepEqual(liftBlocks(twice), user);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("liftBlocks() keeps what the user wrote before, after and into the block", () => {
  const line = fc.constantFrom(
    "10.0.0.1 nas\n",
    "# a remark\n",
    "\n",
    "0.0.0.0 ads.example x\n",
    "\0\n",
  );
  const text = fc.array(line, { maxLength: 3 }).map((lines) => lines.join(""));
  fc.assert(
    fc.property(text, text, text, fc.nat(5), fc.boolean(), (user, above, below, at, open) => {
      const original = open ? `${user}9.9.9.9 last` : user;
      const lines = applied(original).slice(original.length).split(/(?<=\n)/);
      const ownBreak = lines[0] === "\n" ? [lines.shift()!] : [];
      const edited = [original, ...ownBreak, above, ...lines.toSpliced(1 + at, 0, "1.2.3.4 in\n")];
      const kept = "1.2.3.4 in\n";
      // The line break that parts the user's lines stays, as what was written stands on its own line.
      const parted = original + (open ? "\n" : "");
      assert.equal(lifted(edited.join("") + below), parted + above + kept + below);
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("liftBlocks() repairs a block that was cut off anywhere past its first words", () => {
  for (const user of [USER, "127.0.0.1 localhost", "a\r\nb\r\n", ""]) {
    const block = latin1(blockBytes(encoder.encode(user), BLOCK));
    const known = block.indexOf("prodtracker") + "prodtracker newline=1".length;
    for (let cut = 0; cut < block.length; cut++) {
      const left = lifted(user + block.slice(0, cut));
      if (cut > known) assert.equal(left, user, `cut at ${cut}`);
      // A shorter piece cannot be told from a remark of the user's; it blocks nothing.
      else assert.match(left.slice(user.length), /^\r?\n?(#.*)?$/);
    }
  }
});

const WRECKS: Record<string, [text: string, left: string]> = {
  "a begin without an end keeps the foreign lines that follow": [
    `${USER}${BEGIN} id=1 start=1 end=2 domains=2\n0.0.0.0 a.b\n:: a.b\n10.0.0.1 nas\n0.0.0.0 own\n`,
    `${USER}10.0.0.1 nas\n0.0.0.0 own\n`,
  ],
  "an end without a begin takes as many pairs as it tells of": [
    `${USER}0.0.0.0 own.b\n:: own.b\n0.0.0.0 a.b\n:: a.b\n${END} domains=1\n`,
    `${USER}0.0.0.0 own.b\n:: own.b\n`,
  ],
  "an end without a begin and without pairs takes itself alone": [
    `${USER}0.0.0.0 own.b\n${END} domains=1\nx\n`,
    `${USER}0.0.0.0 own.b\nx\n`,
  ],
  "two blocks both go": [applied(USER) + applied(""), USER],
  "a block inside a block goes": [
    `${BEGIN} id=1 domains=1\n0.0.0.0 a.b\n${applied("")}:: a.b\n`,
    ":: a.b\n",
  ],
  "a begin that cannot be read goes with its end": [`${BEGIN} id=?\n${END}\n${USER}`, USER],
  "the word in the middle of a line is the user's": [
    `# see ${BEGIN}\n${USER}`,
    `# see ${BEGIN}\n${USER}`,
  ],
};
for (const [name, [text, left]] of Object.entries(WRECKS)) {
  Deno.test(`liftBlocks(): ${name}`, () => assert.equal(lifted(text), left));
}

Deno.test("applyBlock() stands at the end, in the file's own line breaks", () => {
  const crlf = applied("\xef\xbb\xbf1.2.3.4 a\r\n");
  assert.ok(crlf.endsWith(` domains=2\r\n`));
  assert.equal(crlf.split("\n").every((line) => line === "" || line.endsWith("\r")), true);
  const text = applied("127.0.0.1 localhost");
  assert.ok(text.startsWith("127.0.0.1 localhost\n# BEGIN prodtracker newline=1 id=7 "));
  for (const line of ["0.0.0.0 example.com", ":: example.com", "0.0.0.0 www.example.com"]) {
    assert.ok(text.includes(`\n${line}\n`));
  }
  assert.throws(() => applyBlock(Uint8Array.of(0xff, 0xfe, 65, 0), BLOCK), ConflictError);
});

Deno.test("findMark() reads the last block's mark, and tells damage from nothing", () => {
  assert.equal(findMark(encoder.encode(USER)), undefined);
  const { startMs, endMs } = BLOCK;
  const mark = { id: 7, startMs, endMs, domainCount: 2, ownsNewline: false };
  assert.deepEqual(findMark(encoder.encode(applied("127.0.0.1 a\n"))), mark);
  // Far from the file's end it is found by looking at all of it.
  const far = applied("x") + "10.0.0.1 nas\n".repeat(9_000);
  assert.deepEqual(findMark(encoder.encode(far)), { ...mark, ownsNewline: true });
  assert.equal(findMark(encoder.encode(`${END} domains=3\n`))?.endMs, undefined);
  assert.equal(findMark(encoder.encode(`${BEGIN}\n`))?.endMs, undefined);
});
