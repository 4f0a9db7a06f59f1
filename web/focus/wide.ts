/**
 * Whether there is room for all columns of a table.
 * @module
 */
import { signal } from "@preact/signals";

const query = matchMedia("(min-width: 48rem)");

export const isWide = signal(query.matches);
query.addEventListener("change", () => isWide.value = query.matches);
