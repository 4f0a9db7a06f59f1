import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Api } from "../../api.ts";
import { clip, formatClock, withoutControls } from "../../format.ts";
import { setQuery } from "../../router.ts";
import { addressOf } from "../../router.ts";
import { reasonWords } from "./list.ts";
import { useThumbnail } from "./use_picture.ts";
import type { WireScreenshot } from "./wire.ts";

interface ThumbnailProps {
  readonly api: Api;
  readonly picture: WireScreenshot;
  /** It is where the Tab key stops. */
  readonly isStop: boolean;
  readonly onFocus: () => void;
}

/** A small picture that leads to the large one; read when it comes near to what can be seen. */
export function Thumbnail({ api, picture, isStop, onFocus }: ThumbnailProps) {
  const link = useRef<HTMLAnchorElement>(null);
  const isNear = useSignal(false);
  useEffect(() => {
    const watch = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        isNear.value = true;
        watch.disconnect();
      },
      { rootMargin: "400px" },
    );
    if (link.current) watch.observe(link.current);
    return () => watch.disconnect();
  }, []);
  const { id, at, reason, monitor, width_px, height_px } = picture;
  const { url, problem } = useThumbnail(api, isNear.value ? id : undefined);
  const time = formatClock(at);
  const screen = withoutControls(clip(monitor, 60));
  return (
    <a
      ref={link}
      class="shot"
      data-shot={id}
      href={addressOf("settings", { section: "screenshots", shot: String(id) })}
      tabIndex={isStop ? 0 : -1}
      onFocus={onFocus}
      onClick={(event: MouseEvent) => {
        const isPlain = !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
        if (!isPlain) return;
        event.preventDefault();
        setQuery({ shot: String(id) });
      }}
    >
      <span class="shot-frame" style={{ "aspect-ratio": `${width_px} / ${height_px}` }}>
        {url !== undefined && <img src={url} alt="" />}
        {problem !== undefined && <span class="quiet shot-gone">Cannot be shown</span>}
      </span>
      <span class="shot-words">
        <time dateTime={at}>{time}</time> <span class="quiet">{reasonWords(reason)}</span>
        <span class="only-heard">, screen {screen}</span>
      </span>
    </a>
  );
}
