/**
 * A calibration as the state machine takes it, and as it goes over the wire.
 * @module
 */
import { type Client, RefusedError } from "./client.ts";
import type { AttentionOptions } from "./focus_host.ts";
import type { WireCalibration } from "./wire.ts";

type Calibration = NonNullable<AttentionOptions["calibration"]>;
type Zone = NonNullable<AttentionOptions["zones"]>[number];

/** What is known of a camera, as options of the state machine; nothing when nothing is. */
export function knownOptions(
  wire: WireCalibration | null,
): Pick<AttentionOptions, "calibration" | "zones"> {
  if (!wire) return {};
  const { neutral_yaw_deg, neutral_pitch_deg, open_level, zones } = wire;
  return {
    calibration: {
      neutralYawDeg: neutral_yaw_deg,
      neutralPitchDeg: neutral_pitch_deg,
      openLevel: open_level,
    },
    zones: zones.map((zone) => ({
      yawFromDeg: zone.yaw_from_deg,
      yawToDeg: zone.yaw_to_deg,
      pitchFromDeg: zone.pitch_from_deg,
      pitchToDeg: zone.pitch_to_deg,
    })),
  };
}

/** The body of `PUT /focus/calibration`. */
export function toWire(
  camera: string,
  { neutralYawDeg, neutralPitchDeg, openLevel }: Calibration,
  zones: readonly Zone[] = [],
): WireCalibration {
  return {
    camera,
    neutral_yaw_deg: hundredth(neutralYawDeg),
    neutral_pitch_deg: hundredth(neutralPitchDeg),
    open_level: Math.round(openLevel * 1000) / 1000,
    zones: zones.map((zone) => ({
      yaw_from_deg: within(180, zone.yawFromDeg),
      yaw_to_deg: within(180, zone.yawToDeg),
      pitch_from_deg: within(90, zone.pitchFromDeg),
      pitch_to_deg: within(90, zone.pitchToDeg),
    })),
  };
}

function hundredth(value: number): number {
  return Math.round(value * 100) / 100;
}

function within(limit: number, value: number): number {
  return hundredth(Math.max(-limit, Math.min(limit, value)));
}

/** What is known of a camera, by a client that is opened for it; `null` when nothing is. */
export async function knownOf(
  camera: string,
  open: () => Promise<Client>,
): Promise<WireCalibration | null> {
  const client = await open();
  try {
    return await client.get<WireCalibration>("/focus/calibration", { camera });
  } catch (error) {
    if (error instanceof RefusedError && error.status === 404) return null;
    throw error;
  } finally {
    await client.close();
  }
}
