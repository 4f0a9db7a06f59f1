import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { isIsoDate } from "../../../daemon/core/day.ts";
import type { Api } from "../../api.ts";
import { Empty } from "../../components/empty.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { query, setQuery } from "../../router.ts";
import { useRead } from "../../use_read.ts";
import { GalleryDay } from "./gallery_day.tsx";
import { byDay, spanOfLocalDay } from "./list.ts";
import { picturesTaken } from "./taken.ts";
import { Viewer } from "./viewer.tsx";
import { walkedTo } from "./walk.ts";
import type { WireScreenshots } from "./wire.ts";

const PAGE = 60;
/** The daemon gives no more at once; older ones are reached by the date. */
const MOST = 1_000;

/**
 * The pictures that there are, by day, the newest first. The address says up to which day (`upto`) and which
 * picture is shown large (`shot`).
 */
export function Gallery({ api }: { api: Api }) {
  const limit = useSignal(PAGE);
  /** The picture that the Tab key stops at; the first while it is none of those shown. */
  const stop = useSignal<number | undefined>(undefined);
  const root = useRef<HTMLDivElement>(null);
  const upto = uptoOf(query.value.get("upto"));
  const to = upto === undefined ? "" : `&to=${spanOfLocalDay(upto).to}`;
  const path = `/screenshots?limit=${limit.value}${to}`;
  const { data, problem, isReading, again } = useRead<WireScreenshots>(api, path, {
    on: ["screenshot", "erasure"],
  });
  const taken = picturesTaken.value;
  useEffect(() => {
    if (taken > 0) again();
  }, [taken]);
  const pictures = data?.screenshots ?? [];
  const stopId = pictures.some(({ id }) => id === stop.value) ? stop.value : pictures[0]?.id;
  const days = byDay(pictures);
  const hasMore = data !== undefined && data.next_cursor !== null;

  const walk = (event: KeyboardEvent) => {
    const links = [...root.current?.querySelectorAll<HTMLElement>("a.shot") ?? []];
    const from = links.indexOf(event.target as HTMLElement);
    const places = links.map((link) => {
      const { top, left, width } = link.getBoundingClientRect();
      return { top: Math.round(top), middle: left + width / 2 };
    });
    const next = walkedTo(event.key, from, places);
    if (next === undefined) return;
    event.preventDefault();
    links[next].focus();
  };
  /** What had the focus may be deleted: the picture in its place, or what stands for all, gets it. */
  const focusShot = (id: number | undefined) => {
    const link = root.current?.querySelector<HTMLElement>(`a[data-shot="${id}"]`);
    (link ?? root.current)?.focus();
  };
  const shown = shotOf(query.value.get("shot"));
  return (
    <Panel
      heading="Screenshots"
      isBusy={isReading && data === undefined}
      aside={
        <label class="gallery-upto">
          <span class="quiet">Up to</span>{" "}
          <input
            type="date"
            value={upto ?? ""}
            onChange={(event: Event & { readonly currentTarget: HTMLInputElement }) => {
              const { value } = event.currentTarget;
              limit.value = PAGE;
              setQuery({ upto: value === "" ? undefined : value });
            }}
          />
        </label>
      }
    >
      <Problem of={problem} doing="read the screenshots" again={again} />
      <div ref={root} tabIndex={-1} class="gallery" onKeyDown={walk}>
        {days.map((day, index) => (
          <GalleryDay
            key={day.date}
            api={api}
            day={day}
            // There may be more of the last day than are shown.
            isWhole={!hasMore || index < days.length - 1}
            stopId={stopId}
            onStop={(id) => stop.value = id}
            onDeleted={() => {
              again();
              focusShot(undefined);
            }}
          />
        ))}
      </div>
      {data !== undefined && pictures.length === 0 && (
        <Empty heading={upto === undefined ? "No screenshots" : "No screenshots up to this day"}>
          {upto === undefined
            ? "Those that you take, or that are taken unasked, show here."
            : "Those that are too old, or too many, are gone."}
        </Empty>
      )}
      <div class="actions">
        {hasMore && limit.value < MOST && (
          <button
            type="button"
            class="second"
            disabled={isReading}
            onClick={() => limit.value = Math.min(MOST, limit.value + 2 * PAGE)}
          >
            Show older ones
          </button>
        )}
        {hasMore && limit.value >= MOST && (
          <button
            type="button"
            class="second"
            onClick={() => {
              limit.value = PAGE;
              setQuery({ upto: days.at(-1)?.date });
            }}
          >
            Go on with older ones
          </button>
        )}
        {upto !== undefined && (
          <button
            type="button"
            class="plain"
            onClick={() => setQuery({ upto: undefined })}
          >
            Back to the newest
          </button>
        )}
      </div>
      {shown !== undefined && data !== undefined && (
        <Viewer
          api={api}
          id={shown}
          pictures={pictures}
          onDeleted={again}
          onClosed={focusShot}
        />
      )}
    </Panel>
  );
}

function uptoOf(text: string | null): string | undefined {
  return text !== null && isIsoDate(text) ? text : undefined;
}

function shotOf(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}
