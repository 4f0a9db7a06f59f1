/**
 * What the user set while the program ran.
 * @module
 */
import type { Access } from "./blocks.ts";

export class Settings {
  constructor(private readonly db: Access) {}

  /** What was set under a name; `undefined`: nothing yet, or what cannot be read any more. */
  get(name: string): unknown {
    const row = this.db.read((db) =>
      db.prepare("SELECT value FROM setting WHERE name = ?").get(name)
    ) as { value: string } | undefined;
    try {
      return row && JSON.parse(row.value);
    } catch {
      return undefined;
    }
  }

  /** Whether anything was set under a name, readable or not. */
  has(name: string): boolean {
    return this.db.read((db) => db.prepare("SELECT 1 FROM setting WHERE name = ?").get(name)) !==
      undefined;
  }

  /** Resolves once it is stored. */
  set(name: string, value: unknown): Promise<void> {
    return this.db.write((db) => {
      db.prepare("INSERT OR REPLACE INTO setting VALUES (?, ?)").run(name, JSON.stringify(value));
    });
  }
}
