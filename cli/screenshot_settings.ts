/**
 * `screenshot settings`
 * @module
 */
import { type Command, InvalidArgumentError } from "@commander-js/extra-typings";
import type { WireScreenshotSettings } from "../daemon/api/screenshots.ts";
import { connect, type Context } from "./context.ts";
import { number } from "./numbers.ts";
import { note, print, printJson } from "./output.ts";
import { dim } from "./style.ts";

export function defineSettings(command: Command, context: Context): void {
  command.summary("show or set when they are taken").description(
    "Shows when screenshots are taken, and how large; with options it sets that.",
  )
    .option("--noise <on|off>", "when noise begins", onOff)
    .option("--noise-seconds <number>", "so long it must last first", number(1, 3_600))
    .option("--noise-minutes <number>", "at most one in so many minutes", number(0, 1_440))
    .option("--interval <minutes|off>", "by the clock", interval)
    .option("--scale <number>", "share of the width and height: 1, 0.5", number(0.1, 1))
    .option("--json", "print JSON")
    .action(async ({ json, ...given }) => {
      const client = await connect(context);
      let settings = await client.get<WireScreenshotSettings>("/screenshots/settings");
      if (Object.keys(given).length > 0) {
        const { on: _, ...before } = settings;
        settings = await client.send("PUT", "/screenshots/settings", {
          on_noise: given.noise ?? before.on_noise,
          noise_seconds: given.noiseSeconds ?? before.noise_seconds,
          noise_minutes: given.noiseMinutes ?? before.noise_minutes,
          interval_minutes: given.interval === undefined
            ? before.interval_minutes
            : given.interval || null,
          scale: given.scale ?? before.scale,
        });
      }
      if (json) return printJson(settings);
      print(...settingLines(settings));
      if (!settings.on) {
        note(dim("None is taken unasked: set PRODTRACKER_SCREENSHOTS=true to switch them on"));
      }
    });
}

function settingLines(settings: WireScreenshotSettings): string[] {
  const { on_noise, noise_seconds, noise_minutes, interval_minutes, scale } = settings;
  const noise = on_noise
    ? `after ${noise_seconds} s of it, at most one in ${noise_minutes} min`
    : "none";
  return [
    `unasked     ${settings.on ? "on" : "off"}`,
    `on noise    ${noise}`,
    `by clock    ${interval_minutes === null ? "none" : `every ${interval_minutes} min`}`,
    `size        ${scale === 1 ? "the screen's" : `${scale} of its width and height`}`,
  ];
}

function onOff(text: string): boolean {
  if (text === "on" || text === "off") return text === "on";
  throw new InvalidArgumentError('Allowed is "on" or "off".');
}

/** Minutes; 0: off. */
function interval(text: string): number {
  return text === "off" ? 0 : number(0.1, 1_440)(text);
}
