/**
 * The texts that are pasted into a phone.
 * @module
 */
import type { PhoneConfig } from "./config.ts";

export const TERMUX_INSTALL = (url: string): string =>
  `pkg install -y bash curl openssl-tool\ncurl -fsS -o heartbeat.sh ${url}/phone/heartbeat.sh`;

/** The settings of `heartbeat.sh`. */
export function settingsFile({ deviceId, secret, url }: PhoneConfig): string {
  return [
    "umask 077; cat > ~/.prodtracker <<'END'",
    `DEVICE_ID=${deviceId}`,
    `SECRET=${secret}`,
    `URL=${url}`,
    "# What is in front; without it only the screen is told of",
    "FOREGROUND=true",
    "END",
  ].join("\n");
}

/** A heartbeat's body with the places to fill in. */
export function httpBody({ deviceId }: PhoneConfig): string {
  return `{"device_id":"${deviceId}","foreground_app":"%APP","screen_on":true,` +
    `"timestamp":%TIMES,"signature":"%SIG"}`;
}

/** The same without a signature, for a phone that sends its secret. */
export function shortcutBody({ deviceId }: PhoneConfig): string {
  return `{"device_id":"${deviceId}","foreground_app":"[App]","screen_on":true,"timestamp":[Unix time]}`;
}
