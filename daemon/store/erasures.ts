/**
 * Erasing: events that go for good, and what of that is still pending.
 * @module
 */
import type { Access } from "./blocks.ts";
import type { Events } from "./events.ts";

export class Erasures {
  constructor(private readonly db: Access, private readonly events: Events) {}
}
