import type { Api } from "../../api.ts";
import { CopiesPanel } from "./copies_panel.tsx";
import { ExportPanel } from "./export_panel.tsx";
import { ImportPanel } from "./import_panel.tsx";

/** Copies of the database, and events as files. */
export function DataSection({ api }: { api: Api }) {
  return (
    <div class="page two-columns">
      <div class="whole">
        <CopiesPanel api={api} />
      </div>
      <ExportPanel api={api} />
      <ImportPanel api={api} />
    </div>
  );
}
