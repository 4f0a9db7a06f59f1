import assert from "node:assert/strict";
import type { Summary } from "../core/summary.ts";
import { renderMail, renderPage, renderSms, renderText } from "./mod.ts";
import { emptyDay, HOSTILE_NAMES, MIN, minutes, OPTIONS, someDay, someWeek } from "./testing.ts";
import { CLASSES, cleanName, duration } from "./words.ts";

/** What a person reads of a page, its pictures' words among it. */
function readable(html: string): string {
  return html.replace(/<head>.*?<\/head>/s, "").replace(/<img[^>]* alt="([^"]*)"[^>]*>/g, " $1 ")
    .replace(/<[^>]*>/g, " ").replace(/&nbsp;/g, " ").replace(/&lt;/g, "<").replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, "&").replace(/\s+/g, " ");
}

function mailOf(summary: Summary) {
  const { subject, text, html = "", pictures = [] } = renderMail(summary, OPTIONS);
  return { subject, text, html, pictures, seen: readable(html) };
}

Deno.test("renderMail() says the summary's numbers in both of its parts", () => {
  for (const summary of [someDay(), someWeek()]) {
    const { text, seen } = mailOf(summary);
    const { totals, topApps, topCategories } = summary;
    const told = [
      ...CLASSES.map((cls) => duration(totals[`${cls}Ms`])),
      ...[...topApps, ...topCategories].map(({ ms }) => duration(ms)),
      ...topApps.map(({ name }) => name!),
      ...["Pixel 7", "1 h 04 min", "49 min of it noise"],
      ...["83 % focused", "1 h 34 min of 1 h 57 min in 4 sessions", "4 min could not be told"],
      ...["2 blocks", "1 h 15 min in all"],
      ...["at least 4 h of signal", "at most 1 h 30 min of noise", "5 days in a row"],
      summary.sentence,
      "Made by ProdTracker on this computer, Fri 27 Nov 07:30",
    ];
    for (const words of told) {
      assert.ok(text.includes(words), `the text says "${words}"`);
      assert.ok(seen.includes(words), `the page says "${words}"`);
    }
  }
});

Deno.test("renderMail() tells every hour of a day in the words of its chart, by the local clock", () => {
  const { text, seen, html } = mailOf(someDay());
  for (const words of ["22 min signal, 8 min noise, 5 min neutral", "31 min noise"]) {
    assert.ok(text.includes(words) && seen.includes(words), words);
  }
  assert.ok(text.includes("07:00  22 min signal"), "the zone is an hour east");
  const alt = /<img[^>]* alt="([^"]*)"/.exec(html)?.[1] ?? "";
  assert.equal(alt.split(";").length, 13, "hours without anything are left out");
});

Deno.test("the subject says the most in a line", () => {
  const cases: [Summary, string][] = [
    [someDay(), "Thu 26 Nov: 73 % signal, 17 points above the usual 56 %"],
    [someWeek({ earlierDays: [] }), "Week from Mon 23 Nov so far: 74 % signal"],
    [
      someDay({ earlierDays: [minutes(74, 26)] }),
      "Thu 26 Nov: 73 % signal, 1 point below the usual 74 %",
    ],
    [emptyDay(), "Thu 26 Nov: nothing recorded"],
    [someDay({ totals: minutes(0, 0, 5) }), "Thu 26 Nov: no signal and no noise"],
  ];
  for (const [summary, subject] of cases) assert.equal(mailOf(summary).subject, subject);
});

Deno.test("a range says of which years it is, when they are two", () => {
  const range = (firstDate: string) =>
    mailOf(someDay({
      ...{ period: "range", firstDate, lastDate: "2026-01-02", hours: [] },
      span: { startMs: Date.parse(`${firstDate}T03:00Z`), endMs: Date.UTC(2026, 0, 3, 3) },
    }));
  const two = range("2025-12-30"), one = range("2026-01-01");
  assert.match(two.subject, /^Tue 30 Dec 2025 to Fri 2 Jan 2026: /);
  assert.match(two.text, /^Tue 30 Dec 04:00 2025 to Sat 3 Jan 04:00 2026\n/);
  assert.match(one.subject, /^Thu 1 Jan to Fri 2 Jan: /);
  assert.match(one.text, /^Thu 1 Jan 04:00 to Sat 3 Jan 04:00 2026\n/);
});

Deno.test("a period without anything says so, and shows nothing else", () => {
  const { text, seen, pictures } = mailOf(emptyDay());
  assert.deepEqual(pictures, []);
  for (const part of [text, seen]) {
    assert.match(part, /Nothing was recorded in this period\./);
    assert.doesNotMatch(part, /\d %|Top apps|Hour by hour|Goals/);
  }
  assert.match(renderSms(emptyDay()), /: Nothing was recorded in this period\.$/);
});

Deno.test("the sentence is honest about what there was", () => {
  const cases: [Parameters<typeof someDay>[0], RegExp][] = [
    [{ totals: minutes(0, 0, 0, 200) }, /^Nobody was active .* the computer ran for 3 h 20 min\.$/],
    [{ totals: minutes(0, 0, 30) }, /^30 min were recorded, none of it signal or noise\.$/],
    [
      { totals: minutes(60, 0), isOver: false, earlierDays: [] },
      /^So far 1 h of signal against 0 s/,
    ],
    [{ totals: minutes(57, 43) }, /, 1 point more signal than usual; most of the noise with fir/],
    [
      { totals: minutes(560, 440) },
      /, as much signal as usual; the largest part of the noise with/,
    ],
  ];
  for (const [more, sentence] of cases) assert.match(someDay(more).sentence, sentence);
});

Deno.test("no name gets out of its place", () => {
  for (const name of HOSTILE_NAMES) {
    const item = { name, class: "noise", ms: 90 * MIN } as const;
    const mail = mailOf(someDay({
      topApps: [item],
      topCategories: [item],
      phones: [{ device: name, ms: 30 * MIN, noiseMs: MIN }],
    }));
    const plain = mailOf(someDay({
      topApps: [{ ...item, name: "x" }],
      topCategories: [{ ...item, name: "x" }],
      phones: [{ device: "x", ms: 30 * MIN, noiseMs: MIN }],
    }));
    const tags = (html: string) => html.match(/<[^>]*>/g);
    assert.deepEqual(tags(mail.html), tags(plain.html), name);
    assert.equal(mail.subject, plain.subject);
    assert.equal(mail.text.split("\n").length, plain.text.split("\n").length, "no line is added");
    const all = mail.html + mail.text + mail.subject;
    assert.doesNotMatch(
      all.replaceAll("\n", ""),
      /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u,
    );
    assert.ok(mail.html.length < plain.html.length + 2_000, "a long name is cut");
  }
});

Deno.test("cleanName() keeps what a name is made of, whole letters only", () => {
  assert.equal(cleanName("👩‍👩‍👧‍👦 family 🇦🇹 日本語"), "👩‍👩‍👧‍👦 family 🇦🇹 日本語");
  assert.equal(cleanName("Zoë\r\nBcc:\tx"), "Zoë Bcc: x");
  assert.equal(cleanName("🙂".repeat(100), 5), "🙂🙂🙂🙂…");
  assert.equal([...cleanName("x".repeat(10_000))].length, 60);
});

Deno.test("renderPage() holds its pictures itself, and asks for nothing", () => {
  for (const name of ["Code", "cid:times@prodtracker", 'src="cid:times@prodtracker"']) {
    const page = renderPage(someDay({ topApps: [{ name, class: "noise", ms: 1 }] }), OPTIONS);
    assert.equal(page.split("data:image/png;base64,iVBOR").length, 2);
    assert.doesNotMatch(page, /<(script|link|iframe|object)|https?:|src="(?!data:)|@import|url\(/i);
  }
});

Deno.test("a mail is far from where Gmail cuts it off", () => {
  const names = Array.from({ length: 10 }, (_, i) => ({
    name: `${i} ${"日本語のとても長い名前".repeat(9)}`,
    class: "signal" as const,
    ms: (20 - i) * MIN,
  }));
  const goals = Array.from({ length: 10 }, (_, i) => ({
    ...{ kind: "at_least", class: "signal", minutes: 60 + i } as const,
    ...{ metDays: 1, countedDays: 1, streakDays: 100 + i },
  }));
  const summary = someDay({ topApps: names, topCategories: names, goals });
  const { html, pictures } = mailOf(summary);
  assert.ok(new TextEncoder().encode(html).length < 60_000, `${html.length} characters`);
  assert.ok(pictures.every(({ pngBase64 }) => pngBase64.length < 20_000));
});

Deno.test("renderSms() is short ASCII, whatever there is to tell", () => {
  assert.equal(
    renderSms(someDay()),
    "ProdTracker, Thu 26 Nov: 73 % signal (usual 56 %). Signal 6 h 19 min, noise 2 h 21 min. " +
      "SNR 2.7. Phone noise 49 min. Goals met: 1 of 2.",
  );
  const long = { totals: minutes(143_998.4, 143_999.3), earlierDays: [minutes(1, 999)] };
  const range = { ...long, period: "range", firstDate: "2020-01-01" } as const;
  for (const summary of [someDay(long), someWeek(long), someWeek(range), emptyDay()]) {
    assert.match(renderSms(summary), /^[\x20-\x7e]{1,290}$/);
  }
});

Deno.test("renderText() has no line that its reader would have to guess the width of", () => {
  for (const summary of [someDay(), someWeek(), emptyDay()]) {
    const text = renderText(summary, OPTIONS);
    assert.ok(text.endsWith("\n"));
    assert.doesNotMatch(text, /\t|\S {3,}\S/);
  }
});
