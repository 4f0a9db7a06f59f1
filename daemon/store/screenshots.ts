/**
 * Which screenshots there are.
 * @module
 */
import type { Access } from "./blocks.ts";

export class Screenshots {
  constructor(private readonly db: Access) {}
}
