import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Api } from "../../api.ts";
import { Dialog } from "../../components/dialog.tsx";
import { Problem } from "../../components/problem.tsx";
import { formatClock, formatDay } from "../../format.ts";
import { setQuery } from "../../router.ts";
import { useWrite } from "../../use_write.ts";
import { neighboursOf } from "./list.ts";
import { PictureFacts } from "./picture_facts.tsx";
import { usePicture } from "./use_picture.ts";
import type { WireScreenshot } from "./wire.ts";

interface ViewerProps {
  readonly api: Api;
  readonly id: number;
  /** Those that can be gone through, newest first. */
  readonly pictures: readonly WireScreenshot[];
  readonly onDeleted: () => void;
  /** With the picture that was shown last. */
  readonly onClosed: (id: number) => void;
}

/** One picture, large: arrow keys go to the one before and after, Delete asks whether it is to go. */
export function Viewer({ api, id, pictures, onDeleted, onClosed }: ViewerProps) {
  const isWhole = useSignal(false);
  const isAsking = useSignal(false);
  const write = useWrite();
  const asked = useRef<HTMLButtonElement>(null);
  const picture = pictures.find((each) => each.id === id);
  const { newer, older } = neighboursOf(pictures, id);
  const { url, problem } = usePicture(api, id);
  useEffect(() => {
    isAsking.value = false;
    write.clear();
  }, [id]);
  useEffect(() => {
    if (isAsking.value) asked.current?.focus();
  }, [isAsking.value]);
  // Closed by the browser's back too: the focus goes to where the picture is in the list.
  // Later than the dialog, which gives it back to what it was opened from.
  useEffect(() => () => void setTimeout(() => onClosed(last.current)), []);
  const last = useRef(id);
  last.current = id;

  const close = () => setQuery({ shot: undefined });
  const go = (to: WireScreenshot | undefined) => {
    // A step for each picture would bury the way back to the list.
    if (to !== undefined) setQuery({ shot: String(to.id) }, "replace");
  };
  const remove = async () => {
    const done = await write.run(
      () => api.send("DELETE", `/screenshots/${id}`),
      "Deleted the screenshot.",
    );
    if (done === undefined) return;
    if (older ?? newer) go(older ?? newer);
    else close();
    onDeleted();
  };
  // Wherever in the dialog the keyboard is, on its close button too.
  const keys = useRef((_: KeyboardEvent) => {});
  keys.current = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    // In its own size the picture is moved with the arrow keys.
    const isScrolling = isWhole.value && (event.target as Element).matches(".viewer-picture");
    if (event.key === "Delete") isAsking.value = true;
    else if (event.key === "ArrowLeft" && !isScrolling) go(newer);
    else if (event.key === "ArrowRight" && !isScrolling) go(older);
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    const listener = (event: KeyboardEvent) => keys.current(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);
  const title = picture
    ? `${formatDay(picture.at)}, ${formatClock(picture.at)}`
    : `Screenshot ${id}`;
  return (
    <Dialog title={title} isOpen onClose={close} class="viewer">
      <div class="viewer-inside">
        <div
          class={isWhole.value ? "viewer-picture is-whole" : "viewer-picture"}
          tabIndex={isWhole.value ? 0 : undefined}
          role={isWhole.value ? "group" : undefined}
          aria-label={isWhole.value ? "The picture in its own size" : undefined}
        >
          {url !== undefined && (
            <img
              src={url}
              alt={`What was on the screen on ${title}`}
              width={picture?.width_px}
              height={picture?.height_px}
            />
          )}
          {url === undefined && problem === undefined && <p class="quiet">Reading the picture…</p>}
          <Problem of={problem} doing="show the picture" />
        </div>
        <div class="actions viewer-actions">
          <button type="button" class="second" aria-disabled={!newer} onClick={() => go(newer)}>
            <span aria-hidden="true">‹</span> Newer
          </button>
          <button type="button" class="second" aria-disabled={!older} onClick={() => go(older)}>
            Older <span aria-hidden="true">›</span>
          </button>
          <button
            type="button"
            class="second"
            aria-pressed={isWhole.value}
            onClick={() => isWhole.value = !isWhole.value}
          >
            Own size
          </button>
          {url !== undefined && (
            <a class="button second" href={url} download={`screenshot-${id}.png`}>Save a copy</a>
          )}
          <button type="button" class="second danger" onClick={() => isAsking.value = true}>
            Delete…
          </button>
        </div>
        {isAsking.value && (
          <div class="notice viewer-ask" role="group" aria-label="Delete this picture?">
            <p>Delete this picture? It is gone for good.</p>
            <div class="actions">
              <button
                ref={asked}
                type="button"
                class="danger"
                disabled={write.isBusy}
                onClick={remove}
              >
                Delete it
              </button>
              <button
                type="button"
                class="second"
                onClick={() =>
                  isAsking.value = false}
              >
                Keep it
              </button>
            </div>
          </div>
        )}
        <Problem of={write.problem} doing="delete it" />
        {picture !== undefined && <PictureFacts api={api} picture={picture} />}
      </div>
    </Dialog>
  );
}
