/**
 * The outbox in the database.
 * @module
 */
import type { Access } from "./blocks.ts";

export class Messages {
  constructor(private readonly db: Access) {}
}
