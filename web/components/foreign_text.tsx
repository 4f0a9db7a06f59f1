import { clip, withoutControls } from "../format.ts";

const SHOWN_LIMIT = 300;
const TOOLTIP_LIMIT = 1000;

/**
 * Text from another program: always a text node, cut to a sane length, without invisible controls, and
 * isolated so that right-to-left text turns nothing but itself around.
 */
export function ForeignText({ text, class: className }: { text: string; class?: string }) {
  const shown = withoutControls(clip(text, TOOLTIP_LIMIT));
  return <bdi class={className} title={shown}>{clip(shown, SHOWN_LIMIT)}</bdi>;
}
