import assert from "node:assert/strict";
import fc from "fast-check";
import { createClassifier, RULES_VERSION } from "./classify.ts";
import { readPairs } from "../../tests/fixtures/classify_pairs.ts";

const pairs = readPairs();

Deno.test("Classifier.classify() judges at least 97 % of the labelled pairs as a person did", async () => {
  const classifier = await createClassifier([]);
  const wrong = pairs.filter(({ subject, class: wanted }) =>
    classifier.classify(subject).class !== wanted
  );
  const share = 1 - wrong.length / pairs.length;
  assert.ok(pairs.length >= 250);
  assert.ok(share >= 0.97, `${share}: ${JSON.stringify(wrong, undefined, 1)}`);
});

Deno.test("Classifier.classify() tries the user's rules first, in their order", async () => {
  const classifier = await createClassifier([
    { match: "title", regex: "work playlist", class: "signal", category: "music" },
    { match: "app", exact: "Spotify", class: "noise" },
  ]);
  const judged = (title: string) => classifier.classify({ app: "spotify.exe", title });
  assert.deepEqual(judged("Work Playlist 3"), { class: "signal", category: "music" });
  assert.deepEqual(judged("Song"), { class: "noise" });
  assert.equal(classifier.classify({ app: "Code" }).class, "signal");
});

Deno.test("Classifier.classify() gives neutral without category to what no rule fits", async () => {
  const classifier = await createClassifier([]);
  assert.deepEqual(classifier.classify({ app: "qzxv", title: "Frobnicate" }), { class: "neutral" });
  assert.deepEqual(classifier.classify({}), { class: "neutral" });
});

Deno.test("Classifier.classify() says the same again after its memory was filled and emptied", async () => {
  const classifier = await createClassifier([]);
  const subject = { app: "firefox", title: "Cats - YouTube — Mozilla Firefox" };
  const before = classifier.classify(subject);
  assert.equal(classifier.classify(subject), before);
  for (let i = 0; i < 10_000; i++) classifier.classify({ app: "firefox", title: `page ${i}` });
  assert.deepEqual(classifier.classify(subject), before);
});

Deno.test("Classifier.classify() keeps an absent title apart from an absent address", async () => {
  const classifier = await createClassifier([
    { match: "title", exact: "x", class: "noise" },
    { match: "url", exact: "x", class: "signal" },
  ]);
  assert.equal(classifier.classify({ title: "x" }).class, "noise");
  assert.equal(classifier.classify({ url: "x" }).class, "signal");
});

const urls: [string, string, string?][] = [
  ["https://docs.google.com/document/d/1", "office/documents"],
  ["https://docs.google.com/spreadsheets/d/1", "office/spreadsheets"],
  ["https://www.google.com/maps/@1,2", "life/travel"],
  ["https://www.google.com/search?q=youtube.com", "web/search"],
  ["https://news.ycombinator.com/item?id=1", "social"],
  ["https://m.youtube.com/watch?v=1", "media/video"],
  ["https://music.youtube.com/", "media/music"],
  ["https://user:pw@GitHub.com:443/a/b", "development/hosting"],
  ["https://evil.example/github.com", "web"],
  ["http://localhost:3000/", "development"],
  ["https://notyoutube.com/", "web"],
  ["https://www.youtube.com/watch?v=1", "learning", "Lecture 3: Sorting - YouTube"],
];
for (const [url, category, title] of urls) {
  Deno.test(`Classifier.classify() puts ${url}${title ? ` (${title})` : ""} under ${category}`, async () => {
    const classifier = await createClassifier([]);
    assert.equal(classifier.classify({ app: "firefox", url, title }).category, category);
  });
}

Deno.test("Classifier.explain() names the rule that decided and whose it is", async () => {
  const own = { match: "title", regex: "^standup", class: "signal" } as const;
  const classifier = await createClassifier([own]);
  assert.deepEqual(classifier.explain({ title: "Standup" }), {
    classification: { class: "signal" },
    rule: own,
    origin: "user",
  });
  assert.deepEqual(classifier.explain({ app: "Code.exe" }).rule, {
    match: "app",
    exact: "code",
    class: "signal",
    category: "development/editor",
  });
  const unknown = { classification: { class: "neutral" }, origin: undefined };
  assert.deepEqual(classifier.explain({ app: "qzxv" }), unknown);
});

Deno.test("Classifier.explain() gives a default rule that says the same as the user's own", async () => {
  const classifier = await createClassifier([]);
  for (const { subject } of pairs) {
    const { classification, rule } = classifier.explain(subject);
    if (rule === undefined) continue;
    const own = (await createClassifier([rule])).explain(subject);
    assert.equal(own.origin, "user", JSON.stringify({ subject, rule }));
    assert.deepEqual(own.classification, classification);
  }
});

Deno.test("createClassifier() refuses a rule whose regular expression cannot be used", async () => {
  const rule = { match: "title", regex: "(", class: "noise" } as const;
  await assert.rejects(createClassifier([rule]), RangeError);
});

Deno.test("Classifier.classify() takes any text", async () => {
  const classifier = await createClassifier([{ match: "title", regex: "\\d$", class: "noise" }]);
  const text = fc.option(fc.string({ unit: "binary" }), { nil: undefined });
  fc.assert(fc.property(fc.record({ app: text, title: text, url: text }), (subject) => {
    assert.match(classifier.classify(subject).class, /^(?:signal|noise|neutral)$/);
  }));
});

Deno.test("RULES_VERSION names the pack's contents", () => {
  assert.match(RULES_VERSION, /^\d+-[0-9a-f]{8}$/);
});
