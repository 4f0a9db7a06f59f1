import assert from "node:assert/strict";
import fc from "fast-check";
import { type Class, CLASSES, parseCsv, parseLabels } from "./vision_labels.ts";
import {
  type Answer,
  answerOf,
  ANSWERS,
  falseFaces,
  type Judged,
  type Limits,
  missed,
  score,
  table,
} from "./vision_score.ts";

const LIMITS: Limits = { accuracy: 0.97, recall: 0.95 };

/** As many of each class as `counts` says, all answered by `answer`. */
function judged(
  counts: Readonly<Record<Class, number>>,
  answer: (truth: Class, i: number) => Answer,
): Judged[] {
  return CLASSES.flatMap((truth) =>
    Array.from({ length: counts[truth] }, (_, i) => ({
      file: `${truth} ${i}`,
      source: "here",
      truth,
      answer: answer(truth, i),
    }))
  );
}

/** As many as are in ../shared/vision. */
const COUNTS = { "focused": 66, "eyes closed": 19, "turned away": 5, "no face": 9 };

Deno.test("missed() is nothing when every answer is right", () => {
  assert.deepEqual(missed(score(judged(COUNTS, (truth) => truth)), LIMITS), []);
});

for (const answer of ANSWERS) {
  Deno.test(`missed() fails whoever always answers "${answer}"`, () => {
    const scored = score(judged(COUNTS, () => answer));
    const misses = missed(scored, LIMITS);
    // The accuracy, and every class but the one.
    assert.equal(misses.length, answer === "uncertain" ? 5 : 4);
    assert.match(misses[0], /^accuracy is/);
  });
}

Deno.test("missed() fails a constant answer also where nearly all pictures are of that class", () => {
  const counts = { "focused": 997, "eyes closed": 1, "turned away": 1, "no face": 1 };
  const scored = score(judged(counts, () => "focused"));
  assert.ok(scored.accuracy > LIMITS.accuracy);
  assert.deepEqual(missed(scored, LIMITS), [
    `recall of "eyes closed" is 0.000, must be 0.95`,
    `recall of "turned away" is 0.000, must be 0.95`,
    `recall of "no face" is 0.000, must be 0.95`,
  ]);
});

Deno.test("missed() says which class has no picture, and that there is none at all", () => {
  const counts = { "focused": 9, "eyes closed": 9, "turned away": 0, "no face": 9 };
  assert.deepEqual(missed(score(judged(counts, (truth) => truth)), LIMITS), [
    `no picture is "turned away"`,
  ]);
  assert.deepEqual(missed(score([]), LIMITS), ["there is no unambiguous picture"]);
});

Deno.test("score() counts every picture once, whatever is answered", () => {
  const answers = fc.array(fc.constantFrom(...ANSWERS), { minLength: 99, maxLength: 99 });
  fc.assert(fc.property(answers, (given) => {
    let next = 0;
    const { matrix, total, right, accuracy } = score(judged(COUNTS, () => given[next++]));
    const counted = CLASSES.flatMap((truth) => Object.values(matrix[truth]));
    assert.equal(counted.reduce((sum, count) => sum + count), 99);
    assert.equal(total, 99);
    assert.equal(accuracy, right / 99);
  }));
});

Deno.test("falseFaces() are answers that see somebody in an empty scene", () => {
  const answers: Answer[] = ["no face", "focused", "uncertain"];
  const counts = { "focused": 0, "eyes closed": 0, "turned away": 0, "no face": 3 };
  const all = judged(counts, (_, i) => answers[i]);
  assert.deepEqual(falseFaces(all).map(({ answer }) => answer), ["focused", "uncertain"]);
});

Deno.test("answerOf() tells why somebody is unfocused", () => {
  const of = (
    state: Parameters<typeof answerOf>[0]["state"],
    reason?: "eyes closed" | "looking away",
  ) => answerOf({ state, reason });
  assert.equal(of("unfocused", "eyes closed"), "eyes closed");
  assert.equal(of("unfocused", "looking away"), "turned away");
  assert.equal(of("no_face"), "no face");
  assert.equal(of("uncertain"), "uncertain");
});

Deno.test("table() shows the truth in rows and the answers in columns", () => {
  const text = table(score(judged(COUNTS, (truth) => truth === "focused" ? "uncertain" : truth)));
  const [, focused] = text.split("\n");
  assert.match(focused, /^focused +0 +0 +0 +0 +66 +0\.000$/);
  assert.match(text, /right: 33 of 99, 0\.333$/);
});

Deno.test("parseCsv() reads quotes, commas and line ends within them, and both line ends", () => {
  assert.deepEqual(parseCsv(`a,b\r\n"1, ""2""\nx",3\n\n4,\n`), [
    { a: `1, "2"\nx`, b: "3" },
    { a: "4", b: "" },
  ]);
  assert.throws(() => parseCsv(`a\n"1`), SyntaxError);
});

Deno.test("parseLabels() makes classes of what is expected, and of the rest without that", () => {
  const truths = (header: string, rows: string[]) =>
    parseLabels([header, ...rows].join("\n")).map(({ truth }) => truth);
  assert.deepEqual(
    truths("file,face,eyes,yaw,pitch,expected", [
      "a.jpg,1,open,0,0,FOCUSED",
      "b.jpg,1,closed,0,0,UNFOCUSED",
      "c.jpg,1,open,-35,0,UNFOCUSED",
      "d.jpg,1,closed,50,0,UNFOCUSED",
      "e.jpg,0,na,,,NO_FACE",
      "f.jpg,1,half,0,0,AMBIG",
    ]),
    ["focused", "eyes closed", "turned away", "turned away", "no face", undefined],
  );
  assert.deepEqual(
    truths("file,face,eyes,yaw,pitch", [
      ...["a.jpg,1,open,5,0", "b.jpg,1,closed,0,0", "c.jpg,1,open,-35,0", "d.jpg,1,open,0,-40"],
      ...["e.jpg,0,na,,", "f.jpg,1,half,0,0", "g.jpg,1,open,20,0"],
    ]),
    ["focused", "eyes closed", "turned away", "turned away", "no face", undefined, undefined],
  );
  assert.throws(() => parseLabels("name,face\na,1"), /column "file" is missing/);
  assert.throws(() => parseLabels("file,face,eyes,yaw,expected\na,1,open,0,MAYBE"), SyntaxError);
});
