/**
 * HTML from templates in which whatever is filled in is text, unless it was made here itself.
 * @module
 */

/** HTML that is what it is meant to be. */
export class Markup {
  constructor(readonly text: string) {}
}

type Filling = string | number | Markup | undefined | readonly (Markup | undefined)[];

/** `undefined` leaves nothing. */
export function html(parts: TemplateStringsArray, ...fillings: readonly Filling[]): Markup {
  return new Markup(parts.reduce((all, part, i) => `${all}${written(fillings[i - 1])}${part}`));
}

function written(filling: Filling): string {
  if (filling === undefined) return "";
  if (filling instanceof Markup) return filling.text;
  if (typeof filling === "object") return filling.map(written).join("");
  return escaped(String(filling));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** `text` as it stands in an element or in a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char]);
}
