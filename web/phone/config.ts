/**
 * What the QR code of `prodtracker pair` carries behind the `#` of its address.
 * @module
 */

export interface PhoneConfig {
  readonly deviceId: string;
  readonly name: string;
  readonly secret: string;
  /** Where the heartbeats go. */
  readonly url: string;
}

/** The configuration in a fragment (base64url of JSON); `undefined` when there is none, or another thing. */
export function readConfig(fragment: string, origin: string): PhoneConfig | undefined {
  try {
    const bytes = Uint8Array.fromBase64(fragment, { alphabet: "base64url" });
    const { v, device_id, name, secret, url } = JSON.parse(new TextDecoder().decode(bytes));
    const isWhole = v === 1 && typeof device_id === "string" && typeof secret === "string" &&
      typeof name === "string" && (url === null || typeof url === "string");
    return isWhole ? { deviceId: device_id, name, secret, url: url ?? origin } : undefined;
  } catch {
    return undefined;
  }
}
