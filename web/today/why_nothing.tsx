import { isDemo, pause, recording } from "../state.ts";
import { WhatHelps } from "../views/what_helps.tsx";
import { TimeOf } from "./time_of.tsx";

/** Why no window is known to be in front, and what helps. */
export function WhyNothing() {
  if (isDemo.value) return <>The demo watches no windows.</>;
  switch (recording.value) {
    case "on":
      return <>No window has the focus.</>;
    case "unknown":
      return <>No window is known yet.</>;
    case "off":
      return (
        <>
          Not recording now: no window tracker is running. <WhatHelps />
        </>
      );
    case "paused": {
      const until = pause.value?.paused_until ?? null;
      return (
        <>
          Not recording now: paused {until === null ? "until you end it" : (
            <>
              until <TimeOf iso={until} />
            </>
          )}. <WhatHelps />
        </>
      );
    }
  }
}
