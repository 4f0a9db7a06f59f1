import type { Api } from "../../api.ts";
import { Problem } from "../../components/problem.tsx";
import { useRead } from "../../use_read.ts";
import { Gallery } from "./gallery.tsx";
import { SettingsPanel } from "./settings_panel.tsx";
import { TakePanel } from "./take_panel.tsx";
import type { WireScreenshotSettings } from "./wire.ts";

/** When screenshots are taken, one now, and those that there are. */
export function ScreenshotsSection({ api }: { api: Api }) {
  const { data, problem, again } = useRead<WireScreenshotSettings>(api, "/screenshots/settings");
  return (
    <div class="page">
      <TakePanel api={api} />
      <Problem of={problem} doing="read when screenshots are taken" again={again} />
      {data !== undefined && <SettingsPanel api={api} settings={data} onSaved={again} />}
      <Gallery api={api} />
    </div>
  );
}
