import { useSignal } from "@preact/signals";
import type { Api } from "../../api.ts";
import { Dialog } from "../../components/dialog.tsx";
import { Problem } from "../../components/problem.tsx";
import { formatDay } from "../../format.ts";
import { useWrite } from "../../use_write.ts";
import { countOf } from "../erase/words.ts";
import { type PictureDay, spanOfLocalDay } from "./list.ts";
import { Thumbnail } from "./thumbnail.tsx";

interface GalleryDayProps {
  readonly api: Api;
  readonly day: PictureDay;
  /** All pictures of the day are shown. */
  readonly isWhole: boolean;
  readonly stopId: number | undefined;
  readonly onStop: (id: number) => void;
  readonly onDeleted: () => void;
}

/** The pictures of one day, and the way to delete them all. */
export function GalleryDay({ api, day, isWhole, stopId, onStop, onDeleted }: GalleryDayProps) {
  const isAsking = useSignal(false);
  const write = useWrite();
  const { date, pictures } = day;
  const name = formatDay(pictures[0].at);
  const year = new Date().getFullYear() === Number(date.slice(0, 4)) ? "" : ` ${date.slice(0, 4)}`;
  const { from, to } = spanOfLocalDay(date);
  const remove = async () => {
    const done = await write.run(
      () => api.send<{ deleted: number }>("DELETE", `/screenshots?from=${from}&to=${to}`),
      ({ deleted }) => `Deleted ${countOf(deleted, "screenshot")}.`,
    );
    if (done === undefined) return;
    isAsking.value = false;
    onDeleted();
  };
  return (
    <section class="gallery-day" aria-label={`${name}${year}`}>
      <div class="gallery-day-head">
        <h3>{name}{year}</h3>
        <span class="quiet">
          {isWhole ? countOf(pictures.length, "screenshot") : `${pictures.length} and more`}
        </span>
        <button type="button" class="plain" onClick={() => isAsking.value = true}>
          Delete all<span class="only-heard">{` of ${name}`}</span>…
        </button>
      </div>
      <ul class="gallery-grid">
        {pictures.map((picture) => (
          <li key={picture.id}>
            <Thumbnail
              api={api}
              picture={picture}
              isStop={picture.id === stopId}
              onFocus={() => onStop(picture.id)}
            />
          </li>
        ))}
      </ul>
      <Dialog
        title={`Delete the screenshots of ${name}${year}?`}
        isOpen={isAsking.value}
        onClose={() => isAsking.value = false}
      >
        <p>
          {isWhole ? countOf(pictures.length, "picture") : "All pictures of that day"}{" "}
          will be gone for good. What was recorded stays.
        </p>
        <div class="actions">
          <button type="button" class="danger" disabled={write.isBusy} onClick={remove}>
            Delete
          </button>
          <button type="button" class="second" onClick={() => isAsking.value = false}>
            Keep them
          </button>
        </div>
        <Problem of={write.problem} doing="delete them" />
      </Dialog>
    </section>
  );
}
