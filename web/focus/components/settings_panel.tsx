import { focus } from "../context.ts";
import { areNotificationsDenied } from "../caller.ts";
import { LOOK_AWAY_SECONDS } from "../settings.ts";
import { cameras, change, phase, settings, study, zones } from "../state.ts";
import { countOf } from "../words.ts";
import { Check } from "./check.tsx";
import { SendSettings } from "./send_settings.tsx";

/** What can be set, before and during a session; kept in this browser. */
export function SettingsPanel() {
  return (
    <details class="settings">
      <summary>Settings</summary>
      <div class="settings-groups">
        <PictureSettings />
        <AlertSettings />
        <GazeSettings />
        <SendSettings />
      </div>
    </details>
  );
}

function PictureSettings() {
  const { isPictureShown, isBoxShown, cameraId } = settings.value;
  return (
    <fieldset>
      <legend>Picture</legend>
      <Check
        label="Show the picture"
        isOn={isPictureShown}
        onChange={(isPictureShown) => change({ isPictureShown })}
      />
      <Check
        label="Mark the face"
        isOn={isBoxShown}
        onChange={(isBoxShown) => change({ isBoxShown })}
      />
      {cameras.value.length > 1 && (
        <label class="field">
          Camera
          <select
            value={cameraId}
            onChange={(event: Event) =>
              focus().session.chooseCamera((event.currentTarget as HTMLSelectElement).value)}
          >
            <option value="">The browser's choice</option>
            {cameras.value.map(({ id, label }, index) => (
              <option key={id} value={id}>{label || `Camera ${index + 1}`}</option>
            ))}
          </select>
        </label>
      )}
    </fieldset>
  );
}

function AlertSettings() {
  const { volume, isMuted, lookAwaySeconds, isNotifying } = settings.value;
  const { session } = focus();
  return (
    <fieldset>
      <legend>When you look away</legend>
      <label class="field">
        Forgiven for {lookAwaySeconds} s
        <input
          type="range"
          {...LOOK_AWAY_SECONDS}
          value={lookAwaySeconds}
          onInput={(event: Event) => session.setLookAway(numberOf(event))}
        />
      </label>
      <Check label="Sound" isOn={!isMuted} onChange={(isOn) => change({ isMuted: !isOn })} />
      <label class="field">
        Volume
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={volume}
          disabled={isMuted}
          onInput={(event: Event) => change({ volume: numberOf(event) })}
        />
      </label>
      <button type="button" class="plain" onClick={() => session.caller.test()}>
        Try the sound
      </button>
      <Check
        label="Notification of the desktop, as the last step"
        isOn={isNotifying}
        isDisabled={areNotificationsDenied()}
        onChange={(isOn) => session.caller.wishNotifications(isOn)}
      />
      {areNotificationsDenied() && (
        <p class="quiet hint">The browser does not let this page notify.</p>
      )}
    </fieldset>
  );
}

function GazeSettings() {
  const { session } = focus();
  const isReady = phase.value === "running" && study.value?.is !== "looking";
  return (
    <fieldset>
      <legend>Where you look</legend>
      <button type="button" class="plain" disabled={!isReady} onClick={() => session.study("zone")}>
        I also look here: another screen
      </button>
      <button
        type="button"
        class="plain"
        disabled={!isReady}
        onClick={() => session.study("screen")}
      >
        Learn anew how I look at the screen
      </button>
      {zones.value.length > 0 && (
        <button
          type="button"
          class="plain"
          onClick={() => session.forgetZones()}
        >
          Forget {countOf(zones.value.length, "other screen")}
        </button>
      )}
      {phase.value !== "running" && <p class="quiet hint">During a session.</p>}
    </fieldset>
  );
}

function numberOf(event: Event): number {
  return Number((event.currentTarget as HTMLInputElement).value);
}
