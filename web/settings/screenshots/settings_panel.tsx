import { useSignal } from "@preact/signals";
import type { Api } from "../../api.ts";
import { Field } from "../../components/field.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { ViewLink } from "../../components/view_link.tsx";
import { withoutControls } from "../../format.ts";
import { health } from "../../state.ts";
import { useWrite } from "../../use_write.ts";
import {
  numberProblem,
  rulesOfDraft,
  scalesFor,
  scaleWords,
  type ScreenshotDraft,
  screenshotDraftOf,
  settingsWords,
} from "./form.ts";
import type { WireScreenshotSettings } from "./wire.ts";

interface SettingsPanelProps {
  readonly api: Api;
  readonly settings: WireScreenshotSettings;
  readonly onSaved: () => void;
}

type NumberName = "noiseSeconds" | "noiseMinutes" | "intervalMinutes";
type InputEvent = Event & { readonly currentTarget: HTMLInputElement };

/** When screenshots are taken unasked, and how large all are. */
export function SettingsPanel({ api, settings, onSaved }: SettingsPanelProps) {
  /** Only what was touched; the rest is as it is set. */
  const touched = useSignal<Partial<ScreenshotDraft>>({});
  const write = useWrite();
  const draft: ScreenshotDraft = { ...screenshotDraftOf(settings), ...touched.value };
  const part = health.value?.parts.find(({ name }) => name === "screenshots");
  const wanted = rulesOfDraft(draft, settings);
  const set = (change: Partial<ScreenshotDraft>) => touched.value = { ...touched.value, ...change };
  const isTouched = Object.keys(touched.value).length > 0;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (wanted === undefined) return;
    const done = await write.run(
      () => api.send<WireScreenshotSettings>("PUT", "/screenshots/settings", wanted),
      "Saved when screenshots are taken.",
    );
    if (done === undefined) return;
    onSaved();
    touched.value = {};
  };
  const number = (name: NumberName, label: string, isOff: boolean) => (
    <Field label={label} problem={numberProblem(name, draft)} class="number-field">
      <input
        type="number"
        step="any"
        min="0"
        inputMode="decimal"
        disabled={isOff}
        value={draft[name]}
        onInput={(event: InputEvent) =>
          set({ [name]: event.currentTarget.value })}
      />
    </Field>
  );
  const check = (name: "onNoise" | "byClock", label: string) => (
    <label class="check">
      <input
        type="checkbox"
        checked={draft[name]}
        onChange={(event: InputEvent) => set({ [name]: event.currentTarget.checked })}
      />
      {label}
    </label>
  );
  return (
    <Panel heading="When they are taken unasked">
      {!settings.on && (
        <p>
          <strong>None is taken unasked now.</strong> Set <code>PRODTRACKER_SCREENSHOTS=true</code>
          {" "}
          and start ProdTracker again to have them taken as it is set here:
        </p>
      )}
      {part?.status === "degraded" && part.detail !== null && <p>{withoutControls(part.detail)}</p>}
      <details class="shots-settings">
        <summary>{settingsWords(settings)}</summary>
        <form class="form" onSubmit={submit}>
          <fieldset class="when-group">
            <legend class="only-heard">On noise</legend>
            {check("onNoise", "On noise")}
            <div class="form-row">
              {number("noiseSeconds", "When it has lasted, in seconds", !draft.onNoise)}
              {number("noiseMinutes", "At most one in so many minutes", !draft.onNoise)}
            </div>
          </fieldset>
          <fieldset class="when-group">
            <legend class="only-heard">By the clock</legend>
            {check("byClock", "By the clock, but not while you are away")}
            <div class="form-row">
              {number("intervalMinutes", "Every so many minutes", !draft.byClock)}
            </div>
          </fieldset>
          <Field label="Size of all, those by command too">
            <select
              value={String(draft.scale)}
              onChange={(event: Event & { readonly currentTarget: HTMLSelectElement }) =>
                set({ scale: Number(event.currentTarget.value) })}
            >
              {scalesFor(settings.scale).map((scale) => (
                <option key={scale} value={String(scale)}>{scaleWords(scale)}</option>
              ))}
            </select>
          </Field>
          <div class="actions">
            <button type="submit" disabled={write.isBusy || wanted === undefined || !isTouched}>
              Save
            </button>
            {isTouched && (
              <button type="button" class="second" onClick={() => touched.value = {}}>
                As it was
              </button>
            )}
          </div>
          <Problem of={write.problem} doing="save it" />
        </form>
      </details>
      <p class="quiet shots-kept">
        How long they are kept:{" "}
        <ViewLink to="settings" query={{ section: "retention" }}>Keep and erase</ViewLink>.
      </p>
    </Panel>
  );
}
