/**
 * `erase`
 * @module
 */
import type { Define } from "../context.ts";

export const define: Define = () => {};
