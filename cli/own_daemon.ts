import type { Daemon } from "../daemon/mod.ts";

/** The JSON of a GET to a daemon that this process runs itself. */
export async function ask<T>(daemon: Daemon, path: string): Promise<T> {
  const headers = { "Host": "127.0.0.1", "X-Admin-Token": daemon.adminToken };
  const response = await daemon.fetch(new Request(`http://127.0.0.1${path}`, { headers }));
  return await response.json() as T;
}
