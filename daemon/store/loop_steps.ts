/**
 * The loop's steps in the database.
 * @module
 */
import type { Access } from "./blocks.ts";

export class LoopSteps {
  constructor(private readonly db: Access) {}
}
