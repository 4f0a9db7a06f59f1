/**
 * Pictures for the worker where the browser does not let it read a camera by itself: each is taken from a video as
 * that shows it. A browser shows nothing while the page is hidden, so nothing is seen then.
 * @module
 */
import { Pace } from "./pace.ts";

/** Hands over pictures of `stream` until the result is called. */
export function paint(
  stream: MediaStream,
  show: (picture: ImageBitmap, atMs: number) => void,
): () => void {
  const video = document.createElement("video");
  const pace = new Pace();
  let isOver = false;
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  const next = async () => {
    if (isOver) return;
    if (pace.isDue(performance.now()) && video.videoWidth > 0) {
      const atMs = Date.now();
      try {
        const picture = await createImageBitmap(video);
        if (isOver) return picture.close();
        show(picture, atMs);
      } catch {
        // The camera went away in between; its track says so.
      }
    }
    wait();
  };
  const wait = () => {
    if ("requestVideoFrameCallback" in video) video.requestVideoFrameCallback(next);
    else requestAnimationFrame(next);
  };
  video.play().catch(() => {});
  wait();
  return () => {
    isOver = true;
    video.srcObject = null;
  };
}
