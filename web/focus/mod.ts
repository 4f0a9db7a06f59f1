/**
 * Focus sessions in the browser: what is loaded when somebody goes to them.
 * @module
 */
export { prepareFocus } from "./context.ts";
export { FocusView } from "./focus_view.tsx";
