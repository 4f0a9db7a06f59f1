/**
 * What the QR codes of `prodtracker pair` and of the page Phone carry behind the `#` of its address.
 * @module
 */

export interface PhoneConfig {
  readonly deviceId: string;
  readonly name: string;
  readonly secret: string;
  /** Where the heartbeats go. */
  readonly url: string;
  /** What pairs this phone, once; without one it is paired already. */
  readonly code: string | undefined;
}

/** The configuration in a fragment (base64url of JSON); `undefined` when there is none, or another thing. */
export function readConfig(fragment: string, origin: string): PhoneConfig | undefined {
  try {
    const bytes = Uint8Array.fromBase64(fragment, { alphabet: "base64url" });
    const { v, device_id, name, secret, url, code } = JSON.parse(new TextDecoder().decode(bytes));
    const isWhole = v === 1 && typeof device_id === "string" && typeof secret === "string" &&
      typeof name === "string" && (url === null || typeof url === "string") &&
      (code === undefined || typeof code === "string");
    return isWhole ? { deviceId: device_id, name, secret, url: url ?? origin, code } : undefined;
  } catch {
    return undefined;
  }
}
