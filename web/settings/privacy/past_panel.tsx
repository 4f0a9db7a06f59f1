import { useSignal } from "@preact/signals";
import type { PrivacyRule } from "../../../daemon/core/privacy.ts";
import type { Api } from "../../api.ts";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { EraseDialog } from "../erase/erase_dialog.tsx";
import { erasingsDone } from "../erase/live.ts";
import { PrivacyPreview } from "./preview.tsx";
import type { WirePrivacyPreview } from "../privacy_wire.ts";
import { usePosted } from "../use_posted.ts";

/** What the rules would change of the past, and the way to have them change it. */
export function PrivacyPast({ api, rules }: { api: Api; rules: readonly PrivacyRule[] }) {
  const isAsking = useSignal(false);
  const { data, problem, isReading } = usePosted<WirePrivacyPreview>(
    api,
    "/privacy/preview",
    { rules },
    { waitMs: 0, version: erasingsDone.value },
  );
  return (
    <Panel heading="What was recorded before" isBusy={isReading}>
      <p class="quiet">
        A rule holds from when it is saved on. The past stays as it is until you apply the rules to
        it.
      </p>
      <PrivacyPreview preview={data} isReading={isReading} subject="your rules" shown={8} />
      <Problem of={problem} doing="look at the past" />
      {data !== undefined && data.events > 0 && (
        <div class="actions">
          <button type="button" class="danger" onClick={() => isAsking.value = true}>
            Apply to the past…
          </button>
        </div>
      )}
      <EraseDialog
        api={api}
        title="Apply the privacy rules to the past"
        wish={isAsking.value ? { privacy: true } : undefined}
        onClose={() => isAsking.value = false}
      />
    </Panel>
  );
}
