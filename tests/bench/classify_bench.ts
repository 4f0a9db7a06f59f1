// deno-lint-ignore-file no-console -- benchmarks print their figures
/**
 * What judging costs: loading the pack, a first and a repeated judgement, hostile titles, and the
 * user's regular expressions.
 * @module
 */
import { readPairs } from "../fixtures/classify_pairs.ts";
import { quantile, report } from "./measure.ts";

const before = Deno.memoryUsage().rss;
const startMs = performance.now();
const { createClassifier } = await import("../../daemon/core/classify.ts");
const loadMs = performance.now() - startMs;
const plain = await createClassifier([]);
const first = once(() => plain.classify({ app: "Navigator", title: "A page — Mozilla Firefox" }));

console.log("\nclassification");
report("import of the classifier with its pack, from source", loadMs, "ms");
report("first judgement (builds the tables)", first / 1_000, "ms");
report("resident memory of both", (Deno.memoryUsage().rss - before) / 1e6, "MB");

const titles = readPairs().filter(({ subject }) => subject.title !== undefined);
const missesUs: number[] = [];
for (let round = 0; round < 60; round++) {
  for (const { subject } of titles) {
    const fresh = { ...subject, title: `(${round}) ${subject.title}` };
    missesUs.push(once(() => plain.classify(fresh)));
  }
}
const warm = missesUs.slice(missesUs.length / 2);
report("a title not seen before, median", quantile(warm, 0.5), "µs", 20);
report("a title not seen before, 99 %", quantile(warm, 0.99), "µs", 100);
report("a title seen before", each(200_000, () => plain.classify(titles[0].subject)), "µs", 1);

const hostile = [
  "a - ".repeat(2_500),
  "x".repeat(10_000),
  "lecture ".repeat(1_250) + "- youtube",
  "season 1 episode ".repeat(600),
  "\u200b(1) ".repeat(2_000),
  " ".repeat(10_000) + "watch ".repeat(1_000),
];
report(
  "the worst of the hostile titles of 10 000 characters",
  Math.max(...hostile.map((title) => once(() => plain.explain({ app: "firefox", title })))) / 1_000,
  "ms",
  5,
);

const engineMs = performance.now();
const engineBytes = Deno.memoryUsage().rss;
await createClassifier([{ match: "title", regex: "^a|b$", class: "noise" }]);
report("the first regular expression (loads re2js)", performance.now() - engineMs, "ms");
report("resident memory of that", (Deno.memoryUsage().rss - engineBytes) / 1e6, "MB");

for (const count of [20, 1_000]) {
  const compileMs = performance.now();
  const own = await createClassifier(Array.from({ length: count }, (_, i) => ({
    match: "title",
    regex: `\\bproject ${i}\\d?\\b|ticket-${i}$`,
    class: "signal",
  })));
  report(`compiling ${count} regular expressions`, performance.now() - compileMs, "ms");
  for (const title of ["warm - up", "a - page"]) own.explain({ app: "firefox", title });
  const perUs = each(50, (i) => own.explain({ app: "firefox", title: `Some page ${i} of a site` }));
  report(`a title not seen before, with ${count} of them`, perUs, "µs");
}
const nasty = await createClassifier(Array.from({ length: 20 }, (_, i) => ({
  match: "title",
  regex: `[^!]{0,400}[a-${"mnopqrstuvwxyz"[i % 14]}][^!]{0,90}!`,
  class: "noise",
})));
const worst = { title: "abcdefgh".repeat(1_250) };
nasty.explain(worst);
report(
  "20 expressions of the largest size, title of 10 000",
  once(() => nasty.explain(worst)) / 1_000,
  "ms",
);

/** Microseconds of one call. */
function once(run: () => unknown): number {
  const startMs = performance.now();
  run();
  return (performance.now() - startMs) * 1_000;
}

/** Microseconds a call, over `times` of them. */
function each(times: number, run: (i: number) => unknown): number {
  const startMs = performance.now();
  for (let i = 0; i < times; i++) run(i);
  return (performance.now() - startMs) * 1_000 / times;
}
