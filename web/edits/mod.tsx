export { EditsView as View } from "./edits_view.tsx";
