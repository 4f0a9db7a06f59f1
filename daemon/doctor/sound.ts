import { runProgram } from "../os/exec.ts";
import type { Check } from "./check.ts";

/** Whether a sound server tells what plays and who uses a microphone. */
export async function checkSound(): Promise<Check> {
  const name = "sound server";
  const lost = "what plays, and calls, show nobody's presence";
  const { code, stdout, stderr } = await runProgram(["pactl", "info"], {
    limitMs: 3_000,
    env: { LC_ALL: "C" },
  });
  if (code === 127) {
    const detail = `pactl is not there: ${lost}`;
    return { name, status: "off", detail, remedy: "install pulseaudio-utils" };
  }
  const server = /^Server Name: (.+)$/m.exec(stdout)?.[1];
  if (code === 0) return { name, status: "ok", detail: server ?? "answers" };
  const why = stderr.trim().split("\n").at(-1) || "no answer";
  return { name, status: "off", detail: `none answers (${why}): ${lost}` };
}
