import * as z from "zod";
import type { ApiDeps } from "./deps.ts";
import { route } from "./route.ts";
import { iso } from "./wire.ts";

export function sessionRoutes({ sessions }: ApiDeps) {
  return [
    route({
      method: "POST",
      path: "/session",
      access: "public",
      tag: "Login",
      summary: "Exchanges the code of a one-time link for a session token",
      body: () => z.strictObject({ code: z.string().min(1).max(200) }),
      reply: () => z.object({ token: z.string(), expires_at: z.string() }),
      handle: async ({ body }) => {
        const { token, expiresMs } = await sessions.redeem(body.code);
        return { token, expires_at: iso(expiresMs) };
      },
    }),
    route({
      method: "GET",
      path: "/session",
      access: "token",
      tag: "Login",
      summary: "Whether the token in X-Admin-Token is valid",
      reply: () => z.object({ valid: z.literal(true), expires_at: z.string().nullable() }),
      handle: async ({ request }) => {
        const expiresMs = await sessions.expiryOf(request.headers.get("x-admin-token") ?? "");
        return { valid: true, expires_at: expiresMs === undefined ? null : iso(expiresMs) };
      },
    }),
    route({
      method: "POST",
      path: "/session/code",
      access: "token",
      tag: "Login",
      summary: "A code for a one-time link, valid for 60 seconds",
      reply: () => z.object({ code: z.string() }),
      handle: () => ({ code: sessions.createCode() }),
    }),
  ];
}
