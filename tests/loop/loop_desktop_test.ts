/** The loop on a real desktop, in a world of the test's own: what it shows, blocks, and leaves alone. */
import { needsNamespace, runInside } from "../blocker/namespace.ts";
import { NOTIFICATION_NEEDS } from "../desktop/notification_session.ts";
import { SOUND_NEEDS } from "../desktop/sound_session.ts";
import { X_SESSION_NEEDS } from "../x_session.ts";

const need = needsNamespace("setsid", "ps");
const MORE = [X_SESSION_NEEDS, NOTIFICATION_NEEDS, SOUND_NEEDS];
const ignore = need.ignore || MORE.some((each) => each.ignore);
const suffix = [need, ...MORE].find((each) => each.suffix !== "")?.suffix ?? "";

Deno.test({
  name:
    `noise is nudged, nudged again, blocked and let go; answers on the desktop are heard${suffix}`,
  ignore,
  fn: async () => {
    await runInside("../loop/inside_block.ts", { limitS: 240 });
  },
});

Deno.test({
  name:
    `a meeting, a microphone, quiet hours and a snooze hold it back; nothing is blocked${suffix}`,
  ignore,
  fn: async () => {
    await runInside("../loop/inside_held.ts", { limitS: 240 });
  },
});
