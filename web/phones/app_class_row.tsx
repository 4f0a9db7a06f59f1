import type { ActivityClass } from "../../daemon/core/types.ts";
import { ClassGlyph } from "../components/class_mark.tsx";
import { clip, formatDuration, withoutControls } from "../format.ts";
import { CLASS_WORDS } from "../words.ts";
import { AppName } from "./app_name.tsx";
import type { ClassWish } from "./class_wish.ts";
import type { WireListedApp } from "./wire.ts";

const KINDS: readonly ActivityClass[] = ["noise", "signal", "neutral"];

interface AppClassRowProps {
  readonly app: WireListedApp;
  readonly onWish: (wish: ClassWish) => void;
}

/** One app, and how it counts. */
export function AppClassRow({ app, onWish }: AppClassRowProps) {
  const name = withoutControls(clip(app.name ?? app.app ?? "", 60));
  const wish = (value: string) => {
    if (app.app === null) return;
    const wanted = KINDS.find((kind) => kind === value) ?? null;
    const said = wanted === null
      ? `Saved: ${name} counts as the other rules have it`
      : `Saved: ${name} counts as ${CLASS_WORDS[wanted].toLowerCase()}`;
    onWish({ app: app.app, class: wanted, said });
  };
  return (
    <tr>
      <th scope="row">
        <AppName app={app} />
      </th>
      <td class="number">{app.last_seen === null ? "not seen" : formatDuration(app.seconds)}</td>
      <td>
        <div class="app-choice">
          <span class={`mark mark-${app.class}`}>
            <ClassGlyph kind={app.class} />
          </span>
          <select
            aria-label={`${name} counts as`}
            value={app.class}
            onChange={(event: Event & { currentTarget: HTMLSelectElement }) =>
              wish(event.currentTarget.value)}
          >
            {KINDS.map((kind) => <option key={kind} value={kind}>{CLASS_WORDS[kind]}</option>)}
            {app.own && <option value="">As the other rules have it</option>}
          </select>
        </div>
      </td>
    </tr>
  );
}
