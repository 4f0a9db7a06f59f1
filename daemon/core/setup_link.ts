/**
 * What a QR code says to a phone: a page of this computer, with the configuration where no server sees it.
 * @module
 */

export interface SetupWish {
  readonly device_id: string;
  readonly name: string;
  readonly secret: string;
  /** Where phones reach this computer; `null`: nowhere yet. */
  readonly url: string | null;
  /** What an offer is taken by; without one the device is paired already. */
  readonly code?: string;
}

/** The address; its configuration is base64url of JSON, behind the `#`. */
export function setupLink({ device_id, name, secret, url, code }: SetupWish): string {
  const config = JSON.stringify({ v: 1, device_id, name, secret, url, code });
  const bytes = new TextEncoder().encode(config);
  const text = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_")
    .replace(/=+$/, "");
  return `${url ?? "http://127.0.0.1:8000"}/phone/setup#${text}`;
}
