import type { Api } from "../../api.ts";
import { ClassMark } from "../../components/class_mark.tsx";
import { ForeignText } from "../../components/foreign_text.tsx";
import { useRead } from "../../use_read.ts";
import type { WireEvent } from "../../wire.ts";
import { formatBytes } from "../erase/words.ts";
import { reasonWords } from "./list.ts";
import type { WireScreenshot } from "./wire.ts";

interface PictureFactsProps {
  readonly api: Api;
  readonly picture: WireScreenshot;
}

/** What is in front is stored every few seconds: its end may lie before a picture that was taken since. */
const OPEN_MS = 10_000;

/** Why a picture was taken, of what, and what was in front. */
export function PictureFacts({ api, picture }: PictureFactsProps) {
  const { at, reason, event_id, monitor, width_px, height_px, bytes } = picture;
  const atMs = Date.parse(at);
  const from = new Date(atMs - OPEN_MS).toISOString(), to = new Date(atMs + 1).toISOString();
  const { data } = useRead<{ events: readonly WireEvent[] }>(
    api,
    event_id === null ? undefined : `/events?from=${from}&to=${to}&limit=50`,
  );
  const front = data?.events.find(({ id }) => id === event_id);
  return (
    <dl class="picture-facts">
      <div>
        <dt class="quiet">Taken</dt>
        <dd>{reasonWords(reason)}</dd>
      </div>
      {front !== undefined && (
        <div class="picture-front">
          <dt class="quiet">In front</dt>
          <dd>
            {front.app !== null && <ForeignText class="preview-app" text={front.app} />}{" "}
            {front.title !== null && <ForeignText text={front.title} />}{" "}
            <ClassMark kind={front.class} />
          </dd>
        </div>
      )}
      <div>
        <dt class="quiet">Screen</dt>
        <dd>
          <ForeignText text={monitor} />
        </dd>
      </div>
      <div>
        <dt class="quiet">Size</dt>
        <dd>{width_px} × {height_px}, {formatBytes(bytes)}</dd>
      </div>
    </dl>
  );
}
