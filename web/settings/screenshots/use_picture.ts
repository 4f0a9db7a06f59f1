/**
 * Pictures as addresses that an `img` can show; each is given back when nothing shows it any more.
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Api } from "../../api.ts";
import { createQueue } from "./queue.ts";

/** A picture that is being read, is there, or cannot be had. */
export interface Picture {
  readonly url: string | undefined;
  readonly problem: Error | undefined;
}

/** Width of a thumbnail, in pixels: twice what it takes on the page. */
const THUMBNAIL_PX = 480;
const NOTHING: Picture = { url: undefined, problem: undefined };

const thumbnails = createQueue(3);

/** The picture as it was taken. */
export function usePicture(api: Api, id: number): Picture {
  return useObjectUrl(id, (signal) => readPicture(api, id, signal));
}

/** A small copy of the picture; the large one is let go at once. `undefined` as an id reads none yet. */
export function useThumbnail(api: Api, id: number | undefined): Picture {
  return useObjectUrl(
    id,
    (signal) =>
      thumbnails.run(async (signal) => shrink(await readPicture(api, id!, signal)), signal),
  );
}

function readPicture(api: Api, id: number, signal: AbortSignal): Promise<Blob> {
  return api.blob(`/screenshots/${id}`, { signal });
}

function useObjectUrl(
  id: number | undefined,
  read: (signal: AbortSignal) => Promise<Blob>,
): Picture {
  const picture = useSignal<Picture>(NOTHING);
  useEffect(() => {
    picture.value = NOTHING;
    if (id === undefined) return;
    const ended = new AbortController();
    let url: string | undefined;
    read(ended.signal).then((blob) => {
      if (ended.signal.aborted) return;
      url = URL.createObjectURL(blob);
      picture.value = { url, problem: undefined };
    }, (problem) => {
      if (!ended.signal.aborted) picture.value = { url: undefined, problem };
    });
    return () => {
      ended.abort();
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [id]);
  return picture.value;
}

async function shrink(blob: Blob): Promise<Blob> {
  const whole = await createImageBitmap(blob);
  const scale = Math.min(1, THUMBNAIL_PX / whole.width);
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(whole.width * scale)),
    Math.max(1, Math.round(whole.height * scale)),
  );
  const context = canvas.getContext("2d");
  if (context === null) return blob;
  context.imageSmoothingQuality = "high";
  context.drawImage(whole, 0, 0, canvas.width, canvas.height);
  whole.close();
  return await canvas.convertToBlob({ type: "image/webp", quality: 0.8 });
}
