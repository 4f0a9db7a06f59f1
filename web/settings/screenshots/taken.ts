/**
 * Tells the gallery that this page took pictures: it need not wait until the stream says so.
 * @module
 */
import { signal } from "@preact/signals";

/** How often it did. */
export const picturesTaken = signal(0);
