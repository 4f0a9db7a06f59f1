import type { ApiDeps } from "./deps.ts";
import { HttpError } from "./errors.ts";
import { route } from "./route.ts";

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  json: "application/json",
  png: "image/png",
  sh: "text/plain; charset=utf-8",
  wasm: "application/wasm",
};

const SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; " +
  "img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'";

/** The dashboard's files: no data in them, so nothing is asked for. */
export function staticRoutes({ webFile }: ApiDeps) {
  const serve = async (path: string): Promise<Response> => {
    const bytes = await webFile(path);
    if (!bytes) throw new HttpError(404, "not_found", "There is no such page");
    const type = TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    return new Response(bytes, {
      headers: {
        "Content-Type": type,
        "Content-Security-Policy": SECURITY_POLICY,
        // Asset names carry a hash of their content; pages are asked for anew.
        "Cache-Control": path.startsWith("assets/")
          ? "public, max-age=31536000, immutable"
          : "no-cache",
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
    page("/", "The dashboard", "index.html"),
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
  ];
}
