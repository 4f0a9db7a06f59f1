/**
 * The host that an address names.
 * @module
 */

const HOST = /^(?:https?:\/\/)?(?:[^/?#@]*@)?([^/?#:@\s]+|\[[^\]]*\])(?::\d+)?(?:[/?#]|$)/;

/**
 * The host in lower case, without "www." and port; `undefined` when there is none: no address, not of the web (a
 * file, a page of the browser itself).
 *
 * ```
 * "https://www.GitHub.com:443/denoland"  -> github.com
 * "localhost:8000/docs"                  -> localhost
 * ```
 */
export function hostOf(url: string): string | undefined {
  const [, host] = HOST.exec(url.trim().toLowerCase()) ?? [];
  return host?.replace(/^www\.(?=.*\.)/, "");
}
