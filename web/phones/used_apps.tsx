import { useSignal } from "@preact/signals";
import { ClassMark } from "../components/class_mark.tsx";
import { formatDuration } from "../format.ts";
import { AppName } from "./app_name.tsx";
import type { WirePhoneApp } from "./wire.ts";

const SHOWN = 8;

/** What was in front, most time first. */
export function UsedApps({ apps }: { apps: readonly WirePhoneApp[] }) {
  const isWhole = useSignal(false);
  const shown = isWhole.value ? apps : apps.slice(0, SHOWN);
  return (
    <div>
      <table class="table phone-apps">
        <caption class="only-heard">Apps of this day</caption>
        <thead>
          <tr>
            <th scope="col">App</th>
            <th scope="col" class="number">Time</th>
            <th scope="col">Counts as</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((app) => (
            <tr key={app.app ?? ""}>
              <th scope="row">
                <AppName app={app} />
              </th>
              <td class="number">{formatDuration(app.seconds)}</td>
              <td>
                <ClassMark kind={app.class} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {apps.length > SHOWN && (
        <button
          type="button"
          class="plain"
          onClick={() => isWhole.value = !isWhole.value}
        >
          {isWhole.value ? "Show fewer" : `Show all ${apps.length}`}
        </button>
      )}
    </div>
  );
}
