/**
 * A browser's picture as bytes.
 * @module
 */
import type { Frame } from "../../vision/types.ts";

export class Pixels {
  #buffer = new Uint8ClampedArray(0);
  #canvas: OffscreenCanvas | undefined;
  #canCopy = true;

  /** The picture's pixels; they are good until the next call. The picture is the caller's to close. */
  async of(picture: VideoFrame | ImageBitmap): Promise<Frame> {
    if (this.#canCopy && "copyTo" in picture) {
      try {
        return await this.#copy(picture);
      } catch (error) {
        // A browser, or a kind of picture, for which this is not made: it is drawn instead, from now on.
        if (!(error instanceof DOMException) && !(error instanceof TypeError)) throw error;
        this.#canCopy = false;
      }
    }
    return this.#draw(picture);
  }

  async #copy(picture: VideoFrame): Promise<Frame> {
    const { width: widthPx = 0, height: heightPx = 0 } = picture.visibleRect ?? {};
    const options: VideoFrameCopyToOptions = { format: "RGBA" };
    // A browser that does not know `format` would copy another one.
    const length = widthPx * heightPx * 4;
    if (picture.allocationSize(options) !== length) throw new TypeError("RGBA is not to be had");
    if (this.#buffer.length !== length) this.#buffer = new Uint8ClampedArray(length);
    await picture.copyTo(this.#buffer, options);
    return { widthPx, heightPx, channels: 4, data: this.#buffer };
  }

  #draw(picture: VideoFrame | ImageBitmap): Frame {
    const [widthPx, heightPx] = "displayWidth" in picture
      ? [picture.displayWidth, picture.displayHeight]
      : [picture.width, picture.height];
    const canvas = this.#canvas ??= new OffscreenCanvas(widthPx, heightPx);
    if (canvas.width !== widthPx) canvas.width = widthPx;
    if (canvas.height !== heightPx) canvas.height = heightPx;
    const context = canvas.getContext("2d", { willReadFrequently: true, alpha: false })!;
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, widthPx, heightPx);
    return { widthPx, heightPx, channels: 4, data };
  }
}
