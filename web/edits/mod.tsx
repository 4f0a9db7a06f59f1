/** The Edits view: what was recorded, corrected by hand. */
export { EditsView as View } from "./edits_view.tsx";
