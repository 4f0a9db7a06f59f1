/**
 * Whether the program is run from a checkout of its sources, whose `.env` it then reads.
 * @module
 */

/**
 * The root of the checkout that the program's entry lies in: as source, or as `deno task start` builds it
 * into `dist/start`; `undefined` for an executable.
 */
export function checkoutOf(
  { url, dirname }: Pick<ImportMeta, "url" | "dirname">,
): string | undefined {
  // Bundled, the entry is called main.js.
  if (url.endsWith("/main.ts")) return dirname;
  return /^(.*)[\\/]dist[\\/]start$/.exec(dirname ?? "")?.[1];
}
