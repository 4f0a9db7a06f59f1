/**
 * What the person of the demo does at the computer and on the phone: invented, but as programs name it.
 * @module
 */
import type { Subject } from "./types.ts";

/** What somebody is at for a while; each has the windows that come with it. */
export type DemoTask =
  | "code"
  | "review"
  | "write"
  | "design"
  | "plan"
  | "mail"
  | "chat"
  | "meeting"
  | "read"
  | "books"
  | "news"
  | "video"
  | "social"
  | "shop"
  | "game";

export interface DemoTaskWindows {
  /** How long one window stays in front, in seconds. */
  readonly staysS: readonly [least: number, most: number];
  readonly windows: readonly Subject[];
}

const editor = (file: string, project: string): Subject => ({
  app: "Code",
  title: `${file} - ${project} - Visual Studio Code`,
});
const terminal = (title: string): Subject => ({ app: "Alacritty", title });
const page = (title: string, url?: string): Subject => ({
  app: "firefox",
  title: `${title} — Mozilla Firefox`,
  ...url !== undefined && { url },
});

export const DEMO_WINDOWS: Readonly<Record<DemoTask, DemoTaskWindows>> = {
  code: {
    staysS: [25, 420],
    windows: [
      editor("tide_table.ts", "harbour"),
      editor("berths.ts", "harbour"),
      editor("berths_test.ts", "harbour"),
      editor("schema.sql", "harbour"),
      editor("moorings_view.tsx", "harbour"),
      editor("gallery.css", "website-relaunch"),
      editor("parser.rs", "feedreader"),
      terminal("npm test"),
      terminal("~/src/harbour"),
      terminal("git log --oneline"),
      page("Array.prototype.flatMap() - JavaScript | MDN", "https://developer.mozilla.org/"),
      page("sql - Find gaps between date ranges - Stack Overflow", "https://stackoverflow.com/"),
    ],
  },
  review: {
    staysS: [40, 300],
    windows: [
      page("Split the tide table by port by ada · Pull Request #418 · harbour · GitHub"),
      page("Berth is freed twice · Issue #402 · harbour · GitHub"),
      page("CI run 9127 · harbour · GitHub"),
      editor("berths.ts", "harbour"),
      terminal("git rebase -i main"),
    ],
  },
  write: {
    staysS: [60, 480],
    windows: [
      { app: "libreoffice-writer", title: "Harbour handbook.odt - LibreOffice Writer" },
      { app: "libreoffice-writer", title: "Offer for the library.odt - LibreOffice Writer" },
      { app: "obsidian", title: "Website relaunch: open questions - notes - Obsidian" },
      { app: "obsidian", title: "Weekly review - notes - Obsidian" },
      page("fairway - Wikipedia", "https://en.wikipedia.org/wiki/Fairway"),
    ],
  },
  design: {
    staysS: [60, 400],
    windows: [
      page("Website relaunch – Start page – Figma", "https://www.figma.com/"),
      { app: "Inkscape", title: "pier.svg - Inkscape" },
      { app: "Gimp", title: "lighthouse.xcf-3.0 (RGB color, 4 layers) – GIMP" },
      page("Contrast checker - WebAIM", "https://webaim.org/"),
    ],
  },
  plan: {
    staysS: [30, 150],
    windows: [
      page("Sprint 31 – Board – Trello", "https://trello.com/"),
      page("Calendar – Week 12 – Google Calendar", "https://calendar.google.com/"),
      { app: "obsidian", title: "Today - notes - Obsidian" },
    ],
  },
  mail: {
    staysS: [20, 160],
    windows: [
      { app: "thunderbird", title: "Inbox - mia@harbour.example - Mozilla Thunderbird" },
      { app: "thunderbird", title: "Re: Berth plan for March - Mozilla Thunderbird" },
      { app: "thunderbird", title: "Write: Offer for the library - Thunderbird" },
    ],
  },
  chat: {
    staysS: [15, 120],
    windows: [
      { app: "Slack", title: "general (Channel) - Harbour - Slack" },
      { app: "Slack", title: "release (Channel) - Harbour - Slack" },
      { app: "Slack", title: "Ada (DM) - Harbour - Slack" },
    ],
  },
  meeting: {
    staysS: [240, 900],
    windows: [
      { app: "zoom", title: "Zoom Meeting" },
      { app: "obsidian", title: "Stand-up - notes - Obsidian" },
    ],
  },
  read: {
    staysS: [60, 360],
    windows: [
      { app: "Evince", title: "Tidal prediction methods.pdf" },
      page("A survey of berth allocation - arXiv", "https://arxiv.org/"),
      page("SQLite: Query planning", "https://www.sqlite.org/queryplanner.html"),
    ],
  },
  /** No rule knows these: there is something to make rules from. */
  books: {
    staysS: [40, 240],
    windows: [
      { app: "kontobuch", title: "Invoices 2026 - Kontobuch" },
      { app: "kontobuch", title: "Travel costs - Kontobuch" },
      { app: "pier-planner", title: "North pier, level 2" },
    ],
  },
  news: {
    staysS: [30, 200],
    windows: [
      page("The Guardian: news from around the world", "https://www.theguardian.com/"),
      page("Hacker News", "https://news.ycombinator.com/"),
      page("BBC News - Home", "https://www.bbc.com/news"),
    ],
  },
  video: {
    staysS: [120, 600],
    windows: [
      page("Building a canoe in 12 minutes - YouTube", "https://www.youtube.com/"),
      page("The lighthouse that moved - YouTube", "https://www.youtube.com/"),
      page("Home - Netflix", "https://www.netflix.com/"),
    ],
  },
  social: {
    staysS: [20, 240],
    windows: [
      page("r/sailing: what did you fix today? - Reddit", "https://www.reddit.com/"),
      page("(3) Home / X", "https://x.com/home"),
      page("Instagram", "https://www.instagram.com/"),
    ],
  },
  shop: {
    staysS: [30, 240],
    windows: [
      page("Amazon.com: waterproof notebook", "https://www.amazon.com/"),
      page("eBay: sextant, brass", "https://www.ebay.com/"),
    ],
  },
  game: {
    staysS: [300, 900],
    windows: [
      { app: "steam", title: "Steam" },
      page("Play chess - Lichess", "https://lichess.org/"),
    ],
  },
};

/** A phone of the demo, and what is used on it. */
export interface DemoPhone {
  readonly id: string;
  readonly name: string;
  readonly apps: readonly string[];
}

export const DEMO_PHONES: readonly DemoPhone[] = [
  {
    id: "pixel",
    name: "Pixel 8",
    apps: [
      "com.instagram.android",
      "com.google.android.youtube",
      "com.whatsapp",
      "com.google.android.gm",
      "com.google.android.apps.maps",
      "com.spotify.music",
      "com.reddit.frontpage",
      "org.mozilla.firefox",
    ],
  },
  {
    id: "tablet",
    name: "Living room tablet",
    apps: ["com.netflix.mediaclient", "com.amazon.kindle", "com.google.android.youtube"],
  },
];
