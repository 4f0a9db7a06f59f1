/**
 * Changes by hand, with what it takes to undo them, and notes.
 * @module
 */
import type { Access } from "./blocks.ts";
import type { Events } from "./events.ts";

export class Edits {
  constructor(private readonly db: Access, private readonly events: Events) {}
}
