/**
 * The table of commands.
 * @module
 */
import type { Define } from "./context.ts";

/** One command as the help lists it. */
export interface CommandRow {
  readonly name: string;
  readonly alias?: string;
  readonly summary: string;
  readonly hidden?: boolean;
  /** Loaded when the command is used, so that the others stay fast. */
  readonly load: () => Promise<{ readonly define: Define }>;
}

/** All commands; to add one, write its file and its line here, and in `permissions.ts` what it keeps. */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: "serve",
    alias: "start-api",
    summary: "run the daemon: tracker, API and dashboard",
    load: () => import("./commands/serve.ts"),
  },
  {
    name: "track",
    summary: "run the tracker alone, with live lines",
    load: () => import("./commands/track.ts"),
  },
  {
    name: "status",
    summary: "what is in front now, and today so far",
    load: () => import("./commands/status.ts"),
  },
  {
    name: "summary",
    summary: "what a day, a week, a month or a range came to",
    load: () => import("./commands/summary.ts"),
  },
  {
    name: "block",
    summary: "make distracting sites unreachable for a while",
    load: () => import("./commands/block.ts"),
  },
  {
    name: "loop",
    summary: "what nudges you, and blocks when that does not help",
    load: () => import("./commands/loop.ts"),
  },
  {
    name: "focus",
    summary: "watch by camera whether you look at the screen",
    load: () => import("./commands/focus.ts"),
  },
  {
    name: "pair",
    summary: "pair a phone, which then tells what it is doing",
    load: () => import("./commands/pair.ts"),
  },
  {
    name: "rules",
    summary: "what counts as signal, and what as noise",
    load: () => import("./commands/rules.ts"),
  },
  {
    name: "pause",
    summary: "stop recording for a while",
    load: () => import("./commands/pause.ts"),
  },
  {
    name: "screenshot",
    summary: "take, list and delete screenshots",
    load: () => import("./commands/screenshot.ts"),
  },
  {
    name: "note",
    summary: "write down what a moment was about",
    load: () => import("./commands/note.ts"),
  },
  {
    name: "edit",
    summary: "add, change and delete recorded time, and undo that",
    load: () => import("./commands/edit.ts"),
  },
  {
    name: "erase",
    summary: "delete recorded time for good, from the copies too",
    load: () => import("./commands/erase.ts"),
  },
  {
    name: "doctor",
    summary: "check every precondition, and say what to do",
    load: () => import("./commands/doctor.ts"),
  },
  {
    name: "export",
    summary: "write the recorded events as JSON Lines or CSV",
    load: () => import("./commands/export.ts"),
  },
  {
    name: "import",
    summary: "add events that were exported",
    load: () => import("./commands/import.ts"),
  },
  {
    name: "backup",
    summary: "make a verified copy of the database",
    load: () => import("./commands/backup.ts"),
  },
  {
    name: "service",
    summary: "start with the login: install, uninstall, status, logs",
    load: () => import("./commands/service.ts"),
  },
  {
    name: "completions",
    summary: "print the completion script of a shell",
    load: () => import("./commands/completions.ts"),
  },
  {
    name: "complete",
    summary: "answer a completion script",
    hidden: true,
    load: () => import("./commands/complete.ts"),
  },
];

/** The command that a command line uses, or wants explained; `undefined`: none, or one that is not there. */
export function findCommand(args: readonly string[]): CommandRow | undefined {
  for (let i = 0; i < args.length; i++) {
    if (args[i] === "--data-dir" || args[i] === "--env-file") i++;
    else if (args[i] !== "help" && !args[i].startsWith("-")) {
      return COMMANDS.find(({ name, alias }) => name === args[i] || alias === args[i]);
    }
  }
  return undefined;
}
