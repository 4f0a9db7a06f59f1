import { useRef } from "preact/hooks";
import type { Api } from "../api.ts";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { ViewLink } from "../components/view_link.tsx";
import { useKeptFocus } from "../use_kept_focus.ts";
import { useRead } from "../use_read.ts";
import { useWrite } from "../use_write.ts";
import { AppAdder } from "./app_adder.tsx";
import { AppClassRow } from "./app_class_row.tsx";
import type { ClassWish } from "./class_wish.ts";
import type { WireListedApp } from "./wire.ts";

const DAYS = 28;

/** Which apps distract: those that phones told of lately, and those that somebody put here by name. */
export function AppClasses({ api }: { api: Api }) {
  const read = useRead<readonly WireListedApp[]>(api, `/phone/apps?days=${DAYS}`, {
    on: ["phone", "reclassify"],
  });
  const write = useWrite();
  const place = useRef<HTMLDivElement>(null);
  useKeptFocus(place);
  const put = ({ app, class: wanted, said }: ClassWish) =>
    write.run(async () => {
      await api.send("PUT", "/phone/apps", { app, class: wanted });
      read.again();
      return true;
    }, said);
  const named = read.data?.filter(({ app }) => app !== null) ?? [];
  // One row after the other: what changes its place among them is moved, and not made anew.
  const rows = named.toSorted((a, b) => Number(b.class === "noise") - Number(a.class === "noise"));
  return (
    <Panel heading="Distracting apps" class="whole app-classes" isBusy={write.isBusy}>
      <p class="quiet">
        The time of apps that count as noise is distracting. A change is one of your{" "}
        <ViewLink to="rules">rules</ViewLink>; it holds for programs of the same name too, and for
        the past.
      </p>
      <Problem of={read.problem} doing="read the apps" again={read.again} />
      <Problem of={write.problem} doing="save this" />
      {read.data && (
        <div ref={place} tabIndex={-1}>
          {named.length > 0 && (
            <table class="table app-table">
              <caption class="only-heard">How the apps of your phones count</caption>
              <thead>
                <tr>
                  <th scope="col">App</th>
                  <th scope="col" class="number">Last {DAYS} days</th>
                  <th scope="col">Counts as</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((app) => <AppClassRow key={app.app} app={app} onWish={put} />)}
              </tbody>
            </table>
          )}
          <AppAdder isBusy={write.isBusy} onWish={put} />
        </div>
      )}
    </Panel>
  );
}
