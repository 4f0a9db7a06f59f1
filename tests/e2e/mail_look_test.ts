/** Mails and the page of a summary as a real browser shows them: wide and narrow, on light and on dark ground. */
import assert from "node:assert/strict";
import { type Browser, chromium, type Page } from "playwright-core";
import type { MailContent } from "../../daemon/core/messages.ts";
import { renderFocusMail, renderMail } from "../../daemon/summary/mod.ts";
import {
  emptyDay,
  HOSTILE_NAMES,
  OPTIONS,
  someDay,
  someSession,
  someWeek,
} from "../../daemon/summary/testing.ts";
import { startDaemon } from "../daemon_process.ts";
import { needs } from "../programs.ts";
import { CHROMIUM_FLAGS } from "./focus_stage.ts";

const { ignore, suffix } = needs("chromium");

/** A contrast that WCAG AA asks of text. */
const MIN_CONTRAST = 4.5;
/** Gmail cuts what is longer than 102 kB; far below that, with room for what others add. */
const MAX_HTML_BYTES = 60_000;

const LOOKS = (["light", "dark"] as const).flatMap((colorScheme) =>
  [600, 360].map((width) => ({ colorScheme, width }))
);

const MAILS: Readonly<Record<string, MailContent>> = {
  day: renderMail(someDay(), OPTIONS),
  week: renderMail(someWeek(), OPTIONS),
  "day without anything": renderMail(emptyDay(), OPTIONS),
  "day of hostile names": renderMail(hostileDay(), OPTIONS),
  "focus session": renderFocusMail(someSession(), { ...OPTIONS, minutes: sessionMinutes() }),
};

for (const [name, mail] of Object.entries(MAILS)) {
  Deno.test({
    name: `the mail of a ${name} can be read, wide and narrow, light and dark${suffix}`,
    ignore,
  }, async () => {
    await withBrowser(async (browser) => {
      for (const look of LOOKS) {
        await using shown = await show(browser, look);
        await shown.page.setContent(withPictures(mail));
        await shown.judge(`${name}, ${look.width} px, ${look.colorScheme}`);
      }
    });
  });
}

Deno.test({
  name: `a mail says in words what its picture shows${suffix}`,
  ignore,
}, async () => {
  await withBrowser(async (browser) => {
    await using shown = await show(browser, { colorScheme: "light", width: 600 });
    const { html = "" } = MAILS.day;
    // As clients that show no pictures do.
    await shown.page.setContent(html.replaceAll(/src="cid:[^"]*"/g, 'src="data:,"'));
    const alt = await shown.page.locator("img").first().getAttribute("alt") ?? "";
    assert.match(alt, /\d\d:00 \d+ min signal, \d+ min noise/);
  });
});

Deno.test({
  name: `the page of a summary shows its picture and its colours within its own policy${suffix}`,
  ignore,
}, async () => {
  const daemon = await startDaemon(["--no-track"]);
  try {
    await daemon.fetch("/import", { method: "POST", body: hostileDayLines() })
      .then((response) => response.json());
    await withBrowser(async (browser) => {
      for (const look of LOOKS) {
        await using shown = await show(browser, look);
        const response = await shown.page.goto(
          `${daemon.url}/summary/page?date=${DAY}&period=week`,
        );
        assert.equal(response?.status(), 200);
        await shown.judge(`the page, ${look.width} px, ${look.colorScheme}`, [daemon.url]);
        assert.equal(await shown.page.locator("img").count(), 1);
        assert.equal(await shown.page.evaluate("document.title.includes('run')"), false);
      }
    });
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
});

const DAY = "2026-01-15";

function hostileDayLines(): string {
  return HOSTILE_NAMES.map((name, i) => {
    const startMs = Date.parse(`${DAY}T12:00:00Z`) + i * 600_000;
    const [start, end] = [startMs, startMs + 600_000].map((ms) => new Date(ms).toISOString());
    return JSON.stringify({ start, end, source: "window", app: name, title: "YouTube" });
  }).join("\n");
}

function hostileDay() {
  const items = HOSTILE_NAMES.map((name, i) => ({
    ...{ name, class: i % 2 ? "noise" as const : "signal" as const, ms: (60 - i) * 60_000 },
  }));
  return someDay({
    topApps: items,
    topCategories: items,
    phones: HOSTILE_NAMES.map((device) => ({ device, ms: 600_000, noiseMs: 60_000 })),
  });
}

function sessionMinutes() {
  const { startMs, totals } = someSession();
  return Array.from({ length: totals.totalMs / 60_000 }, (_, i) => ({
    ...{ startMs: startMs + i * 60_000, unfocusedMs: 0, uncertainMs: 0 },
    ...i % 9 === 8 ? { focusedMs: 20_000, noFaceMs: 40_000 } : { focusedMs: 60_000, noFaceMs: 0 },
  }));
}

/** The HTML as a mail client shows it: its pictures found. */
function withPictures({ html = "", pictures = [] }: MailContent): string {
  assert.ok(new TextEncoder().encode(html).length < MAX_HTML_BYTES, `${html.length} bytes`);
  assert.doesNotMatch(html, /<script|<link|@import|url\(|https?:\/\//i);
  return pictures.reduce((shown, { cid, pngBase64 }) => {
    assert.ok(shown.includes(`"cid:${cid}"`), `${cid} is referred to`);
    return shown.replaceAll(`"cid:${cid}"`, `"data:image/png;base64,${pngBase64}"`);
  }, html);
}

async function withBrowser(act: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: CHROMIUM_FLAGS,
  });
  try {
    await act(browser);
  } finally {
    await browser.close();
  }
}

async function show(
  browser: Browser,
  { colorScheme, width }: { readonly colorScheme: "light" | "dark"; readonly width: number },
) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const asked: string[] = [], problems: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) asked.push(request.url());
  });
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("dialog", (dialog) => problems.push(dialog.message()));
  return {
    page,
    /** All that must hold of whatever is shown. */
    judge: async (what: string, allowed: readonly string[] = []) => {
      assert.equal(await scrollWidth(page), width, `${what} fits its width`);
      const pictures = await page.evaluate<{ width: number; alt: string }[]>(PICTURES);
      for (const picture of pictures) {
        assert.ok(picture.width > 0, `${what}: its picture is one`);
        assert.ok(picture.alt.length > 20, `${what}: ${picture.alt}`);
      }
      const texts = await page.evaluate<{ text: string; contrast: number }[]>(CONTRASTS);
      assert.ok(texts.length >= 4, `${what} says something`);
      const pale = texts.filter(({ contrast }) => contrast < MIN_CONTRAST);
      assert.deepEqual(pale, [], `${what} can be read`);
      const outside = asked.filter((url) => !allowed.some((origin) => url.startsWith(origin)));
      assert.deepEqual(outside, [], `${what} asks for nothing`);
      assert.deepEqual(problems, [], what);
    },
    [Symbol.asyncDispose]: () => page.close(),
  };
}

function scrollWidth(page: Page): Promise<number> {
  return page.evaluate<number>("document.documentElement.scrollWidth");
}

/** What pictures there are, once they are decoded. */
const PICTURES = `Promise.all([...document.images].map(async (image) => {
  await image.decode().catch(() => {});
  return { width: image.naturalWidth, alt: image.alt };
}))`;

/** Every text that is seen, and its contrast (WCAG 2.2) with the nearest ground behind it. */
const CONTRASTS = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [red, green, blue] = channels(colour).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      const [, , , alpha = 1] = channels(colour);
      if (alpha === 1) return colour;
      if (alpha !== 0) throw new Error("a ground that is half clear: " + colour);
    }
    return "rgb(255, 255, 255)";
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    const range = document.createRange();
    range.selectNodeContents(node);
    const { width, height } = range.getBoundingClientRect();
    const text = node.data.replaceAll("\\u00a0", " ").trim();
    if (text === "" || width === 0 || height === 0) continue;
    const element = node.parentElement;
    const [one, two] = [getComputedStyle(element).color, groundOf(element)].map(luminance);
    const contrast = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    found.push({ text, contrast: Math.round(contrast * 100) / 100 });
  }
  return found;
})()`;
