import { useSignal } from "@preact/signals";
import type { Api } from "../../api.ts";
import { Empty } from "../../components/empty.tsx";
import { Field } from "../../components/field.tsx";
import { ForeignText } from "../../components/foreign_text.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { LOCALE } from "../../format.ts";
import { useRead } from "../../use_read.ts";
import { useWrite } from "../../use_write.ts";
import { formatBytes, formatMoment } from "../moments.ts";
import type { WireCopies, WireCopy } from "../settings_wire.ts";

/** The copies of the database, and making one. */
export function CopiesPanel({ api }: { api: Api }) {
  const { data, problem, again } = useRead<WireCopies>(api, "/backups", { on: ["health"] });
  const path = useSignal("");
  const write = useWrite();
  const copy = (body: { path?: string }) =>
    write.run(
      () => api.send<WireCopy>("POST", "/backup", body).finally(again),
      ({ events, bytes }) =>
        `Copied and checked: ${events.toLocaleString(LOCALE)} events, ${formatBytes(bytes)}`,
    );
  return (
    <Panel heading="Copies of the database" isBusy={write.isBusy}>
      <p class="quiet hint">
        One is made each day while ProdTracker runs, and opened to check it. {data &&
          `${data.most} are kept; the older of a day go first when there are more.`}
      </p>
      <Problem of={problem} doing="read which copies there are" again={again} />
      {data?.kept.length === 0 && (
        <Empty heading="There is no copy yet">The first is made a minute after the start.</Empty>
      )}
      {data !== undefined && data.kept.length > 0 && (
        <ul class="rows">
          {data.kept.map(({ path, made, bytes }) => (
            <li key={path} class="row">
              <time dateTime={made}>{formatMoment(made)}</time>
              <span class="number">{formatBytes(bytes)}</span>
              <ForeignText class="quiet path" text={path} />
            </li>
          ))}
        </ul>
      )}
      <div class="actions">
        <button
          type="button"
          aria-disabled={write.isBusy || undefined}
          onClick={() => copy({})}
        >
          {write.isBusy ? "Copying…" : "Make a copy now"}
        </button>
      </div>
      <details class="elsewhere">
        <summary>Copy to another place</summary>
        <form
          class="form"
          onSubmit={async (event: Event) => {
            event.preventDefault();
            const made = await copy({ path: path.value.trim() });
            if (made) path.value = "";
          }}
        >
          <Field
            label="File"
            hint="A whole path on this computer, such as /media/usb/prodtracker.db. Erasing does not reach copies elsewhere."
          >
            <input
              type="text"
              spellcheck={false}
              autocomplete="off"
              value={path.value}
              onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) =>
                path.value = event.currentTarget.value}
            />
          </Field>
          <button
            type="submit"
            class="second"
            aria-disabled={write.isBusy || undefined}
            disabled={!isWhole(path.value.trim())}
          >
            Copy there
          </button>
        </form>
        {data !== undefined && data.elsewhere.length > 0 && (
          <>
            <h3>Made elsewhere</h3>
            <ul class="rows">
              {data.elsewhere.map(({ path, made }) => (
                <li key={path} class="row">
                  <time dateTime={made}>{formatMoment(made)}</time>
                  <ForeignText class="path" text={path} />
                </li>
              ))}
            </ul>
          </>
        )}
      </details>
      <Problem of={write.problem} doing="make a copy" />
    </Panel>
  );
}

/** Whether a path begins at the root: others would be the daemon's, which nobody knows. */
function isWhole(path: string): boolean {
  return /^(\/|[A-Za-z]:[\\/]|\\\\).*[^\\/]$/.test(path);
}
