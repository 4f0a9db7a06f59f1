/**
 * Pairing tokens: JWTs that let a phone pair itself, once, within ten minutes.
 * @module
 */
import { jwtVerify, SignJWT } from "jose";
import { sha256 } from "../core/secrets.ts";

/** How long a token made here is good for, in seconds. */
export const TOKEN_LIFE_S = 600;

/** The longest token that is looked at. */
const MAX_TOKEN_CHARS = 4_096;

/** A token is not one that pairs this device, or no longer. */
export class TokenError extends Error {
  override name = "TokenError";
}

export async function createPairingToken(
  deviceId: string,
  secret: string,
  nowMs: number,
): Promise<{ readonly token: string; readonly expiresMs: number }> {
  const expiresS = Math.floor(nowMs / 1000) + TOKEN_LIFE_S;
  const token = await new SignJWT({ device_id: deviceId, jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: "HS256" }).setIssuedAt(Math.floor(nowMs / 1000))
    .setExpirationTime(expiresS).sign(new TextEncoder().encode(secret));
  return { token, expiresMs: expiresS * 1000 };
}

/**
 * Checks a token for a device; resolves with the digest by which it counts as used, and until when.
 * @throws {TokenError} when it is not HS256 with our secret, has run out, has no expiry, or is for another.
 */
export async function verifyPairingToken(
  token: string,
  deviceId: string,
  { secret, nowMs }: { readonly secret: string; readonly nowMs: number },
): Promise<{ readonly digest: Uint8Array; readonly expiresMs: number }> {
  const refused = (cause?: unknown) =>
    new TokenError("The pairing token is not valid for this device, or no longer", { cause });
  if (token.length > MAX_TOKEN_CHARS) throw refused();
  let expiresS: number;
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ["HS256"],
      currentDate: new Date(nowMs),
      requiredClaims: ["exp", "device_id"],
    });
    if (payload.device_id !== deviceId) throw refused();
    expiresS = payload.exp!;
  } catch (error) {
    throw error instanceof TokenError ? error : refused(error);
  }
  // The signed part alone: another spelling of the signature is the same token.
  const digest = await sha256(token.slice(0, token.lastIndexOf(".")));
  return { digest, expiresMs: expiresS * 1000 };
}
