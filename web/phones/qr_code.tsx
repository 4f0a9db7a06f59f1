import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** Light modules that must surround a code (ISO/IEC 18004, section 5.3.8). */
const QUIET_ZONE = 4;

interface Drawn {
  readonly size: number;
  readonly path: string;
}

/** A text as a QR code: dark on light whatever the page's colours, as cameras want it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const drawn = useSignal<Drawn | undefined>(undefined);
  const isFailed = useSignal(false);
  useEffect(() => {
    let isWanted = true;
    draw(text).then((code) => {
      if (isWanted) drawn.value = code;
    }, () => isFailed.value = isWanted);
    return () => {
      isWanted = false;
    };
  }, [text]);
  if (isFailed.value) {
    return <p class="notice" role="alert">The code cannot be drawn. Load the page again.</p>;
  }
  const code = drawn.value;
  return (
    <div class="qr" aria-busy={code === undefined || undefined}>
      {code && (
        <svg
          viewBox={`0 0 ${code.size} ${code.size}`}
          role="img"
          aria-label={label}
          shape-rendering="crispEdges"
        >
          <path fill="#fff" d={`M0 0h${code.size}v${code.size}H0z`} />
          <path fill="#000" d={code.path} />
        </svg>
      )}
    </div>
  );
}

/** Loaded when there is a code to draw. */
async function draw(text: string): Promise<Drawn> {
  const { default: QRCode } = await import("qrcode");
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "L" });
  const at = Array.from({ length: modules.size }, (_, index) => index);
  const path = at.flatMap((row) =>
    at.filter((column) => modules.get(row, column) === 1)
      .map((column) => `M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`)
  ).join("");
  return { size: modules.size + 2 * QUIET_ZONE, path };
}
