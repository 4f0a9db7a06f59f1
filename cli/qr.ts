/**
 * QR codes for terminals: two rows of modules in one line of text.
 * @module
 */
import QRCode from "qrcode";

/** Light modules that must surround a code (ISO/IEC 18004, section 5.3.8). */
const QUIET_ZONE = 4;

/** Whether each module is dark, row by row, with the quiet zone. */
export function qrModules(text: string): boolean[][] {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "L" });
  const size = modules.size + 2 * QUIET_ZONE;
  const isInside = (at: number) => at >= QUIET_ZONE && at < size - QUIET_ZONE;
  return Array.from(
    { length: size },
    (_, row) =>
      Array.from({ length: size }, (_, column) =>
        isInside(row) && isInside(column) &&
        modules.get(row - QUIET_ZONE, column - QUIET_ZONE) === 1),
  );
}

/**
 * The code as lines of half blocks. Light modules are painted, so that it is dark on light in a dark
 * terminal; `inverse` for a light one.
 */
export function qrLines(text: string, { inverse = false } = {}): string[] {
  const rows = qrModules(text);
  const lines: string[] = [];
  for (let row = 0; row < rows.length; row += 2) {
    lines.push(
      rows[row].map((dark, column) => {
        const top = dark === inverse;
        const bottom = (rows[row + 1]?.[column] ?? false) === inverse;
        return top && bottom ? "█" : top ? "▀" : bottom ? "▄" : " ";
      }).join(""),
    );
  }
  return lines;
}

/** The code as an SVG document. */
export function qrSvg(text: string): string {
  const rows = qrModules(text);
  const path = rows.flatMap((row, y) => row.map((dark, x) => dark ? `M${x} ${y}h1v1h-1z` : ""))
    .join("");
  const box = `0 0 ${rows.length} ${rows.length}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${rows.length}v${rows.length}H0z"/><path d="${path}"/></svg>`;
}
