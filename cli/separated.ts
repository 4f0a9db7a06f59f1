import { InvalidArgumentError } from "@commander-js/extra-typings";

/** The parts of a list in one argument. */
export function separated(text: string): string[] {
  const parts = text.split(",").map((part) => part.trim()).filter(Boolean);
  if (parts.length === 0) throw new InvalidArgumentError("Name at least one.");
  return parts;
}
