/**
 * Firefox: one key of `policies.json` that switches DNS over HTTPS off, put into the text as it stands and
 * taken out of it again, so that everybody else's bytes stay. Firefox reads it when it starts.
 * @module
 */

export const FIREFOX_POLICIES = "/etc/firefox/policies/policies.json";

/** It is there when one of these is. */
export const FIREFOX_SIGNS = [
  "/etc/firefox",
  "/usr/lib/firefox",
  "/usr/lib/firefox-esr",
  "/usr/lib64/firefox",
  "/opt/firefox",
  "/snap/bin/firefox",
  "/var/lib/flatpak/app/org.mozilla.firefox",
];

/** Our key. No formatter writes a space before a colon: by that it is known to be ours. */
const OURS = `"DNSOverHTTPS" :{"Enabled" :false,"Locked" :true}`;
const WHOLE = `{"policies" :{${OURS}}}\n`;

/** The file's text with our key; `undefined`: it cannot be put in, or somebody else decides on it. */
export function withOurPolicy(text: string | undefined): string | undefined {
  if (text === undefined) return WHOLE;
  if (text.includes(OURS)) return text;
  const policies = policiesOf(text);
  if (!policies || "DNSOverHTTPS" in policies) return undefined;
  const comma = Object.keys(policies).length > 0 ? "," : "";
  const merged = text.replace(/"policies"\s*:\s*\{/, (start) => `${start}${OURS}${comma}`);
  // The first place that looks like it may stand inside something else.
  return "DNSOverHTTPS" in (policiesOf(merged) ?? {}) ? merged : undefined;
}

/** The text without our key; `undefined`: the whole file is ours. */
export function withoutOurPolicy(text: string): string | undefined {
  if (text === WHOLE) return undefined;
  return text.replace(`${OURS},`, "").replace(OURS, "");
}

/** Whether our key stands in the text, and the text can be read. */
export function hasOurPolicy(text: string): boolean {
  return text.includes(OURS) && policiesOf(text) !== undefined;
}

function policiesOf(text: string): Record<string, unknown> | undefined {
  try {
    const { policies } = JSON.parse(text);
    return typeof policies === "object" && policies !== null && !Array.isArray(policies)
      ? policies
      : undefined;
  } catch {
    return undefined;
  }
}
