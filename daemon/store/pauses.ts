/**
 * Times in which nothing was to be recorded.
 * @module
 */
import type { Access } from "./blocks.ts";

export class Pauses {
  constructor(private readonly db: Access) {}
}
