/**
 * What a rule matches, as the commands for rules take it and show it.
 * @module
 */
import { Option } from "@commander-js/extra-typings";

const MATCHES = ["app", "title", "url"] as const;

export const matchOption = () => new Option("--match <what>", "what it looks at").choices(MATCHES);

export const regexOption = () =>
  new Option("--regex <pattern>", "matches where the pattern is found, in any case")
    .conflicts("exact");

export const exactOption = () => new Option("--exact <text>", "matches this text and no other");

/** How a rule's pattern is shown. */
export function patternOf(
  { exact, regex }: { readonly exact?: string; readonly regex?: string },
): string {
  return exact !== undefined ? `is ${JSON.stringify(exact)}` : `matches ${regex}`;
}
