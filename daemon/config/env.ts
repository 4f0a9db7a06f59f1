import type { Env } from "./paths.ts";

/** The environment of this process; the one place that reads it. */
export const systemEnv: Env = (name) => Deno.env.get(name);
