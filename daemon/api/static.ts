import * as z from "zod";
import { VIEWS } from "../core/views.ts";
import type { ApiDeps } from "./deps.ts";
import { HttpError } from "./errors.ts";
import { route } from "./route.ts";

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  json: "application/json",
  png: "image/png",
  sh: "text/plain; charset=utf-8",
  wasm: "application/wasm",
};

/** What a page may do; `scripts` is allowed to run besides our own files. */
const securityPolicy = (scripts = "") =>
  `default-src 'none'; script-src 'self'${scripts}; worker-src 'self'; style-src 'self'; ` +
  "img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'";
const PAGE_POLICY = securityPolicy();
/**
 * A worker has a policy of its own: this one compiles WebAssembly, the models' runtime, which a browser calls
 * evaluating. It has no page to change, and neither it nor any page may turn text into script.
 */
const VISION_POLICY = securityPolicy(" 'wasm-unsafe-eval'");

const FOR_EVER = "public, max-age=31536000, immutable";

/** Views whose addresses are those of data too. */
const SHARED: readonly string[] = [VIEWS.rules, VIEWS.edits];
/** The others. */
const OWN_VIEWS = Object.values(VIEWS).filter((path) => !SHARED.includes(path));

/**
 * The path that a request means: whoever opens /rules in a browser wants the page and not the data, as the header
 * Accept tells; the page is the same at every address of a view.
 */
export function meantPath(request: Request, pathname: string): string {
  const wantsPage = SHARED.includes(pathname) && request.method === "GET" &&
    request.headers.get("accept")?.includes("text/html");
  return wantsPage ? VIEWS.today : pathname;
}

/** The dashboard's files: no data in them, so nothing is asked for. */
export function staticRoutes({ webFile, modelFile }: ApiDeps) {
  const serve = async (path: string): Promise<Response> => {
    const bytes = await webFile(path);
    if (!bytes) throw new HttpError(404, "not_found", "There is no such page");
    return new Response(bytes, {
      headers: {
        "Content-Type": typeOf(path),
        "Content-Security-Policy": path.startsWith("assets/vision_worker-")
          ? VISION_POLICY
          : PAGE_POLICY,
        // Asset names carry a hash of their content; pages are asked for anew.
        "Cache-Control": path.startsWith("assets/") ? FOR_EVER : "no-cache",
        // At some addresses there are data for who accepts no page; nobody is to keep one for the other.
        ...path === "index.html" && { "Vary": "Accept" },
      },
    });
  };
  const page = (path: string, summary: string, file: string) =>
    route({
      method: "GET",
      path,
      access: "public",
      tag: "Pages",
      summary,
      replyType: "text/html",
      handle: () => serve(file),
    });
  return [
    ...OWN_VIEWS.map((path) => page(path, "The dashboard", "index.html")),
    page("/docs", "This API, readable", "docs/index.html"),
    page("/phone/setup", "How a phone is set up; opened by the QR code", "phone/index.html"),
    page("/phone/heartbeat.sh", "The script for a phone with Termux", "phone/heartbeat.sh"),
    route({
      method: "GET",
      path: "/assets/:file",
      access: "public",
      tag: "Pages",
      summary: "Scripts, styles and pictures of the dashboard",
      replyType: "application/octet-stream",
      handle: ({ params }) => serve(`assets/${params.file}`),
    }),
    route({
      method: "GET",
      path: "/models/:file",
      access: "public",
      tag: "Pages",
      summary: "A model, or what runs it, for pages that watch a camera",
      query: () => z.object({ v: z.string().optional() }),
      replyType: "application/octet-stream",
      handle: async ({ params: { file }, query: { v } }) => {
        const model = await modelFile(file);
        if (!model) throw new HttpError(404, "not_found", "There is no such model");
        return new Response(inPieces(model.bytes), {
          headers: {
            "Content-Type": typeOf(file),
            "Content-Length": String(model.bytes.length),
            // Pages ask with the digest of the file they want; what has another is not theirs to keep.
            "Cache-Control": v === model.sha256.slice(0, 16) ? FOR_EVER : "no-cache",
          },
        });
      },
    }),
  ];
}

const PIECE_BYTES = 256 * 1024;

/** Sent as it is read; given whole, bytes are copied for each who asks (14 MB, twice). */
function inPieces(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.subarray(at, at += PIECE_BYTES));
      else controller.close();
    },
  });
}

function typeOf(path: string): string {
  return TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
}
