import * as z from "zod";
import { NotFoundError } from "../core/errors.ts";
import type { FocusCalibration } from "../core/focus_session.ts";
import type { ApiDeps } from "./deps.ts";
import { cameraSchema } from "./focus_wire.ts";
import { route } from "./route.ts";

const degrees = (limit: number) => z.number().min(-limit).max(limit);
const zoneSchema = () =>
  z.strictObject({
    yaw_from_deg: degrees(180),
    yaw_to_deg: degrees(180),
    pitch_from_deg: degrees(90),
    pitch_to_deg: degrees(90),
  }).refine(
    (zone) => zone.yaw_from_deg <= zone.yaw_to_deg,
    "yaw_from_deg must not exceed yaw_to_deg",
  )
    .refine(
      (zone) => zone.pitch_from_deg <= zone.pitch_to_deg,
      "pitch_from_deg must not exceed pitch_to_deg",
    );

export const calibrationSchema = () =>
  z.strictObject({
    camera: cameraSchema(),
    neutral_yaw_deg: degrees(90),
    neutral_pitch_deg: degrees(90),
    open_level: z.number().min(0).max(1).describe("how open the eyes usually are"),
    zones: z.array(zoneSchema()).max(8)
      .describe("directions that count as the screen too, relative to the neutral one"),
  });
export type WireCalibration = z.infer<ReturnType<typeof calibrationSchema>>;

export function toWireCalibration(camera: string, known: FocusCalibration): WireCalibration {
  return {
    camera,
    neutral_yaw_deg: known.neutralYawDeg,
    neutral_pitch_deg: known.neutralPitchDeg,
    open_level: known.openLevel,
    zones: known.zones.map((zone) => ({
      yaw_from_deg: zone.yawFromDeg,
      yaw_to_deg: zone.yawToDeg,
      pitch_from_deg: zone.pitchFromDeg,
      pitch_to_deg: zone.pitchToDeg,
    })),
  };
}

function fromWire(wire: WireCalibration): FocusCalibration {
  return {
    neutralYawDeg: wire.neutral_yaw_deg,
    neutralPitchDeg: wire.neutral_pitch_deg,
    openLevel: wire.open_level,
    zones: wire.zones.map((zone) => ({
      yawFromDeg: zone.yaw_from_deg,
      yawToDeg: zone.yaw_to_deg,
      pitchFromDeg: zone.pitch_from_deg,
      pitchToDeg: zone.pitch_to_deg,
    })),
  };
}

export function focusCalibrationRoutes({ focus }: ApiDeps) {
  return [
    route({
      method: "GET",
      path: "/focus/calibration",
      access: "token",
      tag: "Focus",
      summary: "How you look at the screen, as a camera sees it",
      query: () => z.strictObject({ camera: cameraSchema().default("") }),
      reply: () => calibrationSchema(),
      handle: async ({ query: { camera } }) => {
        const known = (await focus()).calibration(camera);
        if (!known) throw new NotFoundError("This camera has not been calibrated");
        return toWireCalibration(camera, known);
      },
    }),
    route({
      method: "PUT",
      path: "/focus/calibration",
      access: "local",
      tag: "Focus",
      summary: "Keeps how you look at the screen, in place of what was known",
      body: () => calibrationSchema(),
      reply: () => calibrationSchema(),
      handle: async ({ body }) => {
        const wish = fromWire(body);
        await (await focus()).setCalibration(body.camera, wish);
        return toWireCalibration(body.camera, wish);
      },
    }),
  ];
}
