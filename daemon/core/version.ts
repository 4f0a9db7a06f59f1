/** The version of the program; `deno.json` carries the same. */
export const VERSION = "0.1.0";
