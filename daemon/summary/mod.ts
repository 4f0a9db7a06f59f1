/**
 * Summaries and ends of focus sessions as messages.
 * @module
 */
export { buildSummary, type SummaryInput } from "./build.ts";
export type { RenderOptions } from "./facts.ts";
export { renderFocusMail, renderFocusSms } from "./focus_mail.ts";
export { renderMail, renderPage } from "./render_html.ts";
export { renderSms } from "./render_sms.ts";
export { renderText } from "./render_text.ts";
