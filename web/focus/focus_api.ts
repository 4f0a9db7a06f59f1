/**
 * The requests of focus sessions.
 * @module
 */
import type { Calibration, Zone } from "../../vision/attention.ts";
import type { Api } from "../api.ts";
import type {
  WireCalibration,
  WireChannels,
  WireFocusAdded,
  WireFocusBegun,
  WireFocusSession,
  WireMessage,
} from "../wire.ts";
import type { Batch } from "./ledger.ts";
import type { SendWish } from "./telling.ts";

/** A daemon that does not answer for so long is taken for one that is not there. */
const LIMIT_MS = 10_000;
/** Longer than a mail server may take. */
const SEND_LIMIT_MS = 120_000;

/** How a person looks at the screen, and where else they may look. */
export interface KnownPerson {
  readonly calibration: Calibration;
  readonly zones: readonly Zone[];
}

/** What these sessions ask of the daemon. */
export interface FocusApi {
  begin(camera: string, minutes: number | null): Promise<WireFocusBegun>;
  /** `skewMs`: how far the daemon's clock is ahead of ours. Goes on when the page is left. */
  add(id: number, batch: Batch, skewMs: number): Promise<WireFocusSession>;
  end(id: number): Promise<WireFocusSession>;
  /** Notes by which ways the end of a session is told; of one that has ended, tells it and gives the messages. */
  wishSend(id: number, wish: SendWish): Promise<readonly WireMessage[]>;
  channels(): Promise<WireChannels>;
  /** The newest messages; for who is signed in. */
  messages(): Promise<readonly WireMessage[]>;
  keep(camera: string, known: KnownPerson): Promise<void>;
  /** `undefined`: nothing is known of this camera, or nobody is signed in. */
  known(camera: string): Promise<KnownPerson | undefined>;
}

export function createFocusApi(api: Api): FocusApi {
  const post = <T>(path: string, body: unknown, keepalive = false) =>
    api.send<T>("POST", path, body, { keepalive, signal: AbortSignal.timeout(LIMIT_MS) });
  return {
    begin: (camera, minutes) =>
      post("/focus/sessions", {
        source: "browser",
        camera: camera.slice(0, 200),
        planned_minutes: minutes,
      }),
    async add(id, { sequence, startMs, spans }, skewMs) {
      const start = new Date(startMs + skewMs).toISOString();
      const path = `/focus/sessions/${id}/samples`;
      return (await post<WireFocusAdded>(path, { sequence, start, spans }, true)).session;
    },
    end: async (id) =>
      (await post<{ session: WireFocusSession }>(`/focus/sessions/${id}/end`, {})).session,
    async wishSend(id, wish) {
      const init = { signal: AbortSignal.timeout(SEND_LIMIT_MS) };
      const path = `/focus/sessions/${id}/send`;
      const { messages } = await api.send<{ messages: WireMessage[] }>("PUT", path, wish, init);
      return messages;
    },
    channels: () => api.get("/messages/channels"),
    messages: () => api.get("/messages"),
    async keep(camera, known) {
      await api.send("PUT", "/focus/calibration", toWire(camera.slice(0, 200), known));
    },
    async known(camera) {
      try {
        const path = `/focus/calibration?camera=${encodeURIComponent(camera.slice(0, 200))}`;
        return fromWire(await api.get<WireCalibration>(path));
      } catch {
        return undefined;
      }
    },
  };
}

export function fromWire(wire: WireCalibration): KnownPerson {
  return {
    calibration: {
      neutralYawDeg: wire.neutral_yaw_deg,
      neutralPitchDeg: wire.neutral_pitch_deg,
      openLevel: wire.open_level,
    },
    zones: wire.zones.map((zone) => ({
      yawFromDeg: zone.yaw_from_deg,
      yawToDeg: zone.yaw_to_deg,
      pitchFromDeg: zone.pitch_from_deg,
      pitchToDeg: zone.pitch_to_deg,
    })),
  };
}

/** The daemon takes degrees within what a head can do. */
function toWire(camera: string, { calibration, zones }: KnownPerson): WireCalibration {
  const within = (deg: number, limit: number) => Math.max(-limit, Math.min(limit, deg));
  return {
    camera,
    neutral_yaw_deg: within(calibration.neutralYawDeg, 90),
    neutral_pitch_deg: within(calibration.neutralPitchDeg, 90),
    open_level: calibration.openLevel,
    zones: zones.map((zone) => ({
      yaw_from_deg: within(zone.yawFromDeg, 180),
      yaw_to_deg: within(zone.yawToDeg, 180),
      pitch_from_deg: within(zone.pitchFromDeg, 90),
      pitch_to_deg: within(zone.pitchToDeg, 90),
    })),
  };
}
