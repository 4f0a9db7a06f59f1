import { CameraPicture } from "./camera_picture.tsx";
import { LiveNotes } from "./live_notes.tsx";
import { LiveState } from "./live_state.tsx";
import { MinuteStrip } from "./minute_strip.tsx";
import { SessionControls } from "./session_controls.tsx";
import { SettingsPanel } from "./settings_panel.tsx";
import { TimeLeft } from "./time_left.tsx";
import { Timers } from "./timers.tsx";
import { minutes } from "../state.ts";

/** A session that is under way. */
export function LivePanel() {
  return (
    <section class="live" aria-label="Focus session">
      <CameraPicture />
      <div class="live-facts">
        <LiveState />
        <TimeLeft />
        <SessionControls />
        <Timers />
      </div>
      <LiveNotes />
      <MinuteStrip minutes={minutes.value} />
      <SettingsPanel />
    </section>
  );
}
