import assert from "node:assert/strict";
import fc from "fast-check";
import { PRIVACY_ACTIONS, type PrivacyRule } from "./privacy.ts";
import { compilePrivacy, type TitleHasher, unite } from "./privacy_filter.ts";
import type { FocusedWindow, Subject } from "./types.ts";

/** Stands in for the keyed hash: as unlike its input, the same for the same, but no secret. */
const hasher: TitleHasher = {
  hash(title) {
    let state = 0xcbf29ce484222325n;
    for (const char of title) {
      state = BigInt.asUintN(64, (state ^ BigInt(char.codePointAt(0)!)) * 0x100000001b3n);
    }
    return `#${state.toString(16).padStart(16, "0")}`;
  },
  isHash: (text) => /^#[0-9a-f]{16}$/.test(text),
};

const window: FocusedWindow = {
  app: "Firefox",
  title: "Secret plans — Mozilla Firefox",
  url: "https://example.org/secret",
  pid: 7,
};

const cases: [string, PrivacyRule[], FocusedWindow | undefined][] = [
  ["nothing without rules", [], window],
  [
    "nothing when no rule matches",
    [{ match: "title", regex: "other", action: "drop_event" }],
    window,
  ],
  ["the title and the URL", [{ match: "title", regex: "secret PLANS", action: "drop_title" }], {
    app: "Firefox",
    pid: 7,
  }],
  ["the title by a hash, and the URL", [{ match: "app", exact: "firefox", action: "hash_title" }], {
    app: "Firefox",
    title: hasher.hash(window.title!),
    pid: 7,
  }],
  [
    "everything",
    [{ match: "url", regex: "^https://example\\.org/", action: "drop_event" }],
    undefined,
  ],
  ["everything by the page's own title", [{
    match: "title",
    exact: "Secret Plans",
    action: "drop_event",
  }], undefined],
];
for (const [what, rules, expected] of cases) {
  Deno.test(`compilePrivacy() takes away ${what}`, async () => {
    assert.deepEqual((await compilePrivacy(rules, { hasher })).apply(window), expected);
  });
}

Deno.test("compilePrivacy() takes the strictest of all rules that match, and names them all", async () => {
  const rules: PrivacyRule[] = [
    { match: "title", regex: "secret", action: "hash_title" },
    { match: "app", exact: "xterm", action: "drop_event" },
    { match: "url", regex: "example", action: "drop_title" },
  ];
  const filter = await compilePrivacy(rules, { hasher });
  const decision = { action: "drop_title", matching: [0, 2], isPrivateWindow: false };
  assert.deepEqual(filter.decide(window), decision);
});

Deno.test("compilePrivacy() finds what stands in the middle of a long title", async () => {
  const filter = await compilePrivacy([{
    match: "title",
    regex: "sec[r]et",
    action: "drop_event",
  }]);
  const title = `${"x ".repeat(4_000)}secret${" y".repeat(900)}`;
  assert.equal(filter.apply({ app: "a", title }), undefined);
});

Deno.test("compilePrivacy() finds a word that invisible characters part", async () => {
  const filter = await compilePrivacy([{ match: "title", regex: "secret", action: "drop_event" }]);
  assert.equal(filter.apply({ app: "a", title: "se\u200bcr\u00adet" }), undefined);
});

const sameText: [string, string, PrivacyRule][] = [
  [
    "letters are composed otherwise in the rule",
    "Z\u00fcrich \u2014 Mozilla Firefox",
    { match: "title", exact: "Zu\u0308rich", action: "drop_event" },
  ],
  [
    "a pattern's letters are not composed",
    "Konto Z\u00fcrich",
    { match: "title", regex: "zu\u0308r.ch", action: "drop_event" },
  ],
  [
    "a title's letters are not composed",
    "Konto Zu\u0308rich",
    { match: "title", regex: "z\u00fcr.ch", action: "drop_event" },
  ],
  [
    "the rule has other spaces",
    "my  secret\u00a0plan",
    { match: "title", exact: "My secret  plan", action: "drop_event" },
  ],
  [
    "marks of direction isolate a part",
    "se\u2068cr\u2069et",
    { match: "title", regex: "secret", action: "drop_event" },
  ],
  [
    "the rule was copied with a mark of direction",
    "secret plan",
    { match: "title", exact: "\u2068secret\u2069 plan\u200e", action: "drop_event" },
  ],
  [
    "controls and variants part a word",
    "s\u0001ec\ufe0fr\u061cet",
    { match: "title", regex: "secret", action: "drop_event" },
  ],
  [
    "a long page's title has the browser's name behind it",
    `${"long ".repeat(150)}title \u2014 Mozilla Firefox`,
    { match: "title", exact: `${"long ".repeat(150)}title`, action: "drop_event" },
  ],
];
for (const [what, title, rule] of sameText) {
  Deno.test(`compilePrivacy() finds the same text when ${what}`, async () => {
    const filter = await compilePrivacy([rule]);
    assert.equal(filter.apply({ app: "firefox", title }), undefined);
  });
}

Deno.test("compilePrivacy() knows private windows by their app alone, without any rule", async () => {
  const filter = await compilePrivacy([]);
  assert.deepEqual(filter.apply({ ...window, isPrivate: true }), {
    app: "Firefox",
    pid: 7,
    isPrivate: true,
  });
  const title = "Secret plans — Mozilla Firefox Private Browsing";
  assert.deepEqual(filter.apply<Subject>({ app: "firefox", title, url: "https://x.org" }), {
    app: "firefox",
  });
});

Deno.test("compilePrivacy() lets a rule hide a private window altogether", async () => {
  const filter = await compilePrivacy([{ match: "app", regex: "firefox", action: "drop_event" }]);
  assert.equal(filter.apply({ ...window, isPrivate: true }), undefined);
});

Deno.test("compilePrivacy() drops every title when not all rules are known, and still what the others hide", async () => {
  const rules: PrivacyRule[] = [{ match: "app", exact: "Signal", action: "drop_event" }];
  const filter = await compilePrivacy(rules, { dropAllTitles: true });
  assert.deepEqual(filter.apply<Subject>({ app: "Code", title: "plan.md" }), { app: "Code" });
  assert.equal(filter.apply<Subject>({ app: "Signal" }), undefined);
  assert.equal(filter.mayBePrivate({ app: "Code", title: "plan.md" }), true);
});

Deno.test("compilePrivacy() drops titles that it has no key to hash with", async () => {
  const filter = await compilePrivacy([{ match: "app", exact: "a", action: "hash_title" }]);
  assert.deepEqual(filter.apply<Subject>({ app: "a", title: "t" }), { app: "a" });
});

Deno.test("compilePrivacy() refuses a pattern, naming the privacy rule", async () => {
  const rules: PrivacyRule[] = [
    { match: "app", exact: "a", action: "drop_event" },
    { match: "title", regex: "(", action: "drop_event" },
  ];
  await assert.rejects(
    compilePrivacy(rules),
    /^RangeError: Cannot use privacy rule 2: "regex" is "\(": missing closing \)/,
  );
});

const uncertain: [string, PrivacyRule["match"] | undefined, FocusedWindow, boolean][] = [
  ["a window that is known and matches nothing", "title", { app: "Code", title: "a" }, false],
  ["a window that tells neither app nor title", undefined, {}, true],
  ["a window without title, while a rule looks at titles", "title", { app: "Code" }, true],
  ["a window without title, while none does", "app", { app: "Code" }, false],
  ["a browser's window without title", undefined, { app: "Firefox" }, true],
  ["a browser's window without URL, while a rule looks at URLs", "url", {
    app: "Chromium",
    title: "a",
  }, true],
  ["another program's window without URL", "url", { app: "Code", title: "a" }, false],
  ["a window without app, while a rule looks at apps", "app", { title: "a" }, true],
  ["a private window", undefined, { app: "Chromium", title: "a", isPrivate: true }, true],
];
for (const [what, match, seen, expected] of uncertain) {
  Deno.test(`mayBePrivate() says ${expected ? "yes" : "no"} to ${what}`, async () => {
    const rules: PrivacyRule[] = match
      ? [{ match, regex: "no such thing", action: "hash_title" }]
      : [];
    assert.equal((await compilePrivacy(rules, { hasher })).mayBePrivate(seen), expected);
  });
}

const words = [
  "secret",
  "Bank",
  "a.b",
  "plan — Mozilla Firefox Private Browsing",
  "été",
  "#x",
  "mail",
];
const text = () => fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 30 }));
const subjects = () =>
  fc.record({
    app: fc.option(fc.constantFrom("Firefox", "Chromium", "Code", "xterm"), { nil: undefined }),
    title: fc.option(fc.array(text(), { minLength: 1, maxLength: 3 }).map((all) => all.join(" ")), {
      nil: undefined,
    }),
    url: fc.option(text(), { nil: undefined }),
  });
const rule = (): fc.Arbitrary<PrivacyRule> =>
  fc.tuple(
    fc.constantFrom<PrivacyRule["match"]>("app", "title", "url"),
    fc.constantFrom("secret", "bank", "a\\.b", "^[a-m]", "firefox", "#", "."),
    fc.constantFrom(...PRIVACY_ACTIONS),
  ).map(([match, regex, action]) => ({ match, regex, action }));
const rules = () => fc.array(rule(), { maxLength: 5 });

Deno.test("compilePrivacy() changes nothing when it is applied again", async () => {
  await fc.assert(fc.asyncProperty(rules(), subjects(), async (list, subject) => {
    const { apply } = await compilePrivacy(list, { hasher });
    const once = apply<Subject>(subject);
    if (once) assert.deepEqual(apply(once), once);
  }));
});

Deno.test("compilePrivacy() does not ask in which order the rules stand", async () => {
  await fc.assert(fc.asyncProperty(rules(), subjects(), async (list, subject) => {
    const here = await compilePrivacy(list, { hasher });
    const there = await compilePrivacy(list.toReversed(), { hasher });
    assert.deepEqual(there.apply<Subject>(subject), here.apply<Subject>(subject));
  }));
});

Deno.test("compilePrivacy() never lets more through for one rule more", async () => {
  const rank = (list: readonly PrivacyRule[], subject: Subject) =>
    compilePrivacy(list, { hasher }).then(({ decide }) => {
      const { action } = decide(subject);
      return action === undefined ? -1 : PRIVACY_ACTIONS.indexOf(action);
    });
  await fc.assert(fc.asyncProperty(rules(), rule(), subjects(), async (list, more, subject) => {
    assert.ok(await rank([...list, more], subject) >= await rank(list, subject));
  }));
});

Deno.test("compilePrivacy() lets neither title nor URL through where it does anything", async () => {
  await fc.assert(fc.asyncProperty(rules(), subjects(), async (list, subject) => {
    const { apply, decide } = await compilePrivacy(list, { hasher });
    const { action } = decide(subject);
    const known = apply<Subject>(subject);
    if (action === undefined) return assert.deepEqual(known, subject);
    if (action === "drop_event") return assert.equal(known, undefined);
    assert.equal(known!.app, subject.app);
    assert.equal(known!.url, undefined);
    if (action === "drop_title" || subject.title === undefined) {
      assert.equal(known!.title, undefined);
    } else assert.match(known!.title!, /^#[0-9a-f]{16}$/);
  }));
});

Deno.test("compilePrivacy() hashes the same title the same, and another one differently", async () => {
  const { apply } = await compilePrivacy([{ match: "app", exact: "a", action: "hash_title" }], {
    hasher,
  });
  const hash = (title: string) => apply<Subject>({ app: "a", title })!.title;
  await fc.assert(fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (a, b) => {
    assert.equal(hash(a) === hash(b), a === b);
  }));
});

Deno.test("unite() leaves what the two lists together leave", async () => {
  await fc.assert(fc.asyncProperty(rules(), rules(), subjects(), async (a, b, subject) => {
    const united = unite(await compilePrivacy(a, { hasher }), await compilePrivacy(b, { hasher }));
    const together = await compilePrivacy([...a, ...b], { hasher });
    assert.deepEqual(united.apply<Subject>(subject), together.apply<Subject>(subject));
  }));
});
