import type { Api } from "../../api.ts";
import { DoctorPanel } from "./doctor_panel.tsx";
import { PartsPanel } from "./parts_panel.tsx";
import { PausePanel } from "./pause_panel.tsx";

/** What runs and what does not, pausing, and the doctor. */
export function HealthSection({ api }: { api: Api }) {
  return (
    <div class="page">
      <PartsPanel />
      <PausePanel api={api} />
      <DoctorPanel api={api} />
    </div>
  );
}
