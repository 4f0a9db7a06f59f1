/**
 * The pipeline: a frame in, what it shows out.
 *
 *     frame ─┬─> light
 *            ├─> detection (when nothing is tracked, and once a second) ─> face mesh ─┬─> pose
 *            └─> tracked square ──────────────────────────────────────────> face mesh ─┴─> eyes
 *
 * A face that was found is followed by its own mesh; detection looks again once a second, for whoever else comes in.
 * @module
 */
import type { Backend, Session } from "./backend.ts";
import { gainFor, type Light, lightOf } from "./brightness.ts";
import { hiddenEyes } from "./eyes_hidden.ts";
import { EyeJudge } from "./eyes.ts";
import { FaceDetector, type FoundFace, zoomOn } from "./face.ts";
import { FarFaceDetector } from "./far_face.ts";
import { type Patch, wholeFrame } from "./geometry.ts";
import { headPose } from "./head_pose.ts";
import {
  boxOf,
  LandmarkFinder,
  type Mesh,
  MESH_SCORE,
  NEW_MESH_SCORE,
  nextPatch,
  patchOfFace,
} from "./landmarks.ts";
import { MODELS } from "./models.ts";
import { byProminence, company, isOusting, sameFace } from "./prominence.ts";
import type { Doubt, EyeState, FaceBox, Frame, HeadPose, Observation } from "./types.ts";
import { EYES_JUDGED_YAW_DEG } from "./verdict.ts";

export type { Backend, Session, Tensor } from "./backend.ts";
export { type ModelRecord, MODELS, RUNTIME, RUNTIME_SCRIPT } from "./models.ts";
export { createOrtBackend, type OrtBackendOptions, type OrtLike } from "./ort_backend.ts";
export type * from "./types.ts";
export { type Verdict, verdict, type VerdictOptions, type Zone } from "./verdict.ts";

/** The models' files, by the names they have in `MODELS`. */
export type ModelFiles = Readonly<Record<keyof typeof MODELS, Uint8Array>>;

export interface PipelineOptions {
  /** Milliseconds after which detection looks for others though a face is tracked; 0 is every frame. @default 1000 */
  readonly detectEveryMs?: number;
  /** Milliseconds between two searches for a small face while there is none. @default 1000 */
  readonly farEveryMs?: number;
}

/** Frames in, observations out; it remembers where the face was. */
export interface Pipeline {
  /**
   * What `frame`, taken at `atMs`, shows. A picture in which nothing can be seen (empty, tiny, one colour) has the
   * doubt "bad frame" or "too dark". Steps are taken one after the other, also when they are not awaited; `frame`
   * must stay as it is until its step has resolved.
   *
   * @throws {RangeError} when the data's length does not fit the size
   */
  step(frame: Frame, atMs: number): Promise<Observation>;
  /** Forgets the face, as for another camera. */
  reset(): void;
  /** Frees the models; the pipeline may not step afterwards. */
  dispose(): Promise<void>;
}

/** Shorter sides than this show no face that could be judged. */
const MIN_SIDE_PX = 32;
/** Longer sides than this are no camera's. */
const MAX_SIDE_PX = 16_384;
/** A mean below this shows nothing of a face. */
const DARK = 0.03;
/** A face darker than this, before brightening, hides its eyes. */
const FACE_DARK = 0.025;
/** Less spread than this is one colour: a covered lens, or a driver that gives no picture. */
const FLAT = 0.006;
/** The mesh looks again where its first square was off by more than this part of its side. */
const OFF = 0.12;
/** A face of this score is one, and the right way up; upside down they come to 0.75. */
const PLAIN = 0.8;
/** A turned look has to be this much surer than the upright one. */
const CLEARLY = 0.1;
/** Quarters of a turn by which a closer look is turned, one after the other. */
const TURNS = [0, 2, 1, 3];
/** The far detector knows upright faces only. */
const UPRIGHT = [0];
/** Faces of one detection that are looked at closer. */
const TRIES = 2;
/** Detections in a row that do not see the tracked face, after which a mesh that is not sure is given up. */
const MISSES = 2;
/** A mesh this sure is followed though the detectors do not see it; they lose faces in profile. */
const SURE = 0.9;

/**
 * A pipeline over `backend`, with the models in `files`.
 *
 * @throws {Error} naming the file that the runtime cannot read
 */
export async function createPipeline(
  backend: Backend,
  files: ModelFiles,
  options: PipelineOptions = {},
): Promise<Pipeline> {
  const sessions: Session[] = [];
  const load = async (name: keyof typeof MODELS) => {
    const session = await backend.load(MODELS[name], files[name]);
    sessions.push(session);
    return session;
  };
  try {
    // One after the other: the runtime cannot make two sessions at once.
    return new VisionPipeline(
      new FaceDetector(await load("face")),
      new FarFaceDetector(await load("farFace")),
      new LandmarkFinder(await load("landmarks")),
      new EyeJudge(await load("eyes")),
      sessions,
      options,
    );
  } catch (error) {
    await Promise.allSettled(sessions.map((session) => session.release()));
    throw error;
  }
}

class VisionPipeline implements Pipeline {
  readonly #detectEveryMs: number;
  readonly #farEveryMs: number;
  /** Where to look for the tracked face next; `undefined` when none is tracked. */
  #patch: Patch | undefined;
  #others = 0;
  #misses = 0;
  #detectedMs = -Infinity;
  #farMs = -Infinity;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly faces: FaceDetector,
    private readonly farFaces: FarFaceDetector,
    private readonly landmarks: LandmarkFinder,
    private readonly eyes: EyeJudge,
    private readonly sessions: readonly Session[],
    { detectEveryMs = 1_000, farEveryMs = 1_000 }: PipelineOptions,
  ) {
    this.#detectEveryMs = detectEveryMs;
    this.#farEveryMs = farEveryMs;
  }

  step(frame: Frame, atMs: number): Promise<Observation> {
    const step = this.#last.then(() => this.#step(frame, atMs));
    // The next step waits for this one, and does not fail for it.
    this.#last = step.catch(() => {});
    return step;
  }

  reset(): void {
    this.#patch = undefined;
    this.#others = this.#misses = 0;
    this.#detectedMs = this.#farMs = -Infinity;
  }

  async dispose(): Promise<void> {
    await this.#last;
    await Promise.all(this.sessions.map((session) => session.release()));
  }

  async #step(frame: Frame, atMs: number): Promise<Observation> {
    if (isEmpty(frame)) return nothing(atMs, 0, ["bad frame"]);
    const light = lightOf(frame, wholeFrame(frame, frame.widthPx / frame.heightPx), 48);
    if (light.spread < FLAT) {
      return nothing(atMs, light.mean, [light.mean < DARK ? "too dark" : "bad frame"]);
    }
    const mesh = await this.#find(frame, atMs, light);
    if (!mesh) return nothing(atMs, light.mean, light.mean < DARK ? ["too dark"] : []);
    const pose = headPose(mesh);
    const doubts: Doubt[] = [];
    if (this.#others > 0) doubts.push("several people");
    const eyes = await this.#judge(frame, mesh, pose, doubts);
    return {
      atMs,
      faceCount: 1 + this.#others,
      face: boxOf(mesh),
      eyes,
      pose,
      brightness: light.mean,
      doubts,
    };
  }

  /** The eyes, or `undefined` with the doubt that says why not. */
  async #judge(
    frame: Frame,
    mesh: Mesh,
    { yawDeg }: HeadPose,
    doubts: Doubt[],
  ): Promise<EyeState | undefined> {
    if (lightOf(frame, mesh.patch, 12).mean < FACE_DARK) {
      doubts.push("too dark");
      return undefined;
    }
    if (Math.abs(yawDeg) > EYES_JUDGED_YAW_DEG) {
      doubts.push("turned too far");
      return undefined;
    }
    const hidden = hiddenEyes(frame, mesh);
    if (hidden.left && hidden.right) {
      doubts.push("eyes hidden");
      return undefined;
    }
    return await this.eyes.judge(frame, mesh, hidden);
  }

  /** The mesh of the face that is meant; `undefined` when there is none. */
  async #find(frame: Frame, atMs: number, light: Light): Promise<Mesh | undefined> {
    let mesh = this.#patch && await this.#look(frame, this.#patch);
    // A clock that went back is another source: nothing of it is late.
    const isLate = !(atMs - this.#detectedMs < this.#detectEveryMs && atMs >= this.#detectedMs);
    if (!mesh || isLate) mesh = await this.#detect(frame, atMs, light, mesh);
    this.#patch = mesh && nextPatch(mesh);
    if (!mesh) this.#others = 0;
    return mesh;
  }

  /** Looks for faces, and decides between them and the one that is tracked. */
  async #detect(
    frame: Frame,
    atMs: number,
    light: Light,
    tracked: Mesh | undefined,
  ): Promise<Mesh | undefined> {
    this.#detectedMs = atMs;
    const gain = gainFor(light.mean);
    const found = byProminence(await this.faces.detect(frame, gain), frame);
    if (tracked) {
      const own = sameFace(found, boxOf(tracked));
      if (own && !isOusting(found, own.box, frame)) {
        this.#misses = 0;
        this.#others = company(found, own);
        return tracked;
      }
      const unseen: FoundFace = { box: boxOf(tracked), rollRad: 0 };
      const isFirst = !own && !isOusting(found, unseen.box, frame);
      if (isFirst && (tracked.score >= SURE || ++this.#misses < MISSES)) {
        this.#others = company(found, unseen);
        return tracked;
      }
    }
    this.#misses = 0;
    // An unsure face may be one upside down, or lying; the mesh would not notice.
    for (const [i, face] of found.slice(0, TRIES).entries()) {
      if (face.box.score < PLAIN) {
        found[i] = await this.#closer(frame, gain, face.box, TURNS) ?? face;
      }
    }
    const mesh = await this.#meshOf(frame, found);
    if (mesh) return mesh;
    if (tracked && found.length > 0) {
      // What looked like another face was none.
      this.#others = 0;
      return tracked;
    }
    if (atMs - this.#farMs < this.#farEveryMs && atMs >= this.#farMs) return undefined;
    this.#farMs = atMs;
    return await this.#meshOf(frame, byProminence(await this.#detectFar(frame, gain), frame));
  }

  /** Small faces: seen by one detector, and again, closer, by the other. */
  async #detectFar(frame: Frame, gain: number): Promise<FoundFace[]> {
    const faces: FoundFace[] = [];
    for (const box of (await this.farFaces.detect(frame, gain)).slice(0, TRIES)) {
      const face = await this.#closer(frame, gain, box, UPRIGHT);
      if (face) faces.push(face);
    }
    return faces;
  }

  /** What may be a face in `box`, looked at closer, turned by quarters until one shows for sure. */
  async #closer(
    frame: Frame,
    gain: number,
    box: FaceBox,
    turns: readonly number[],
  ): Promise<FoundFace | undefined> {
    let best: FoundFace | undefined;
    for (const quarters of turns) {
      const face = sameFace(await this.faces.detectIn(frame, gain, zoomOn(box, quarters)), box);
      if (face && face.box.score > (best ? best.box.score + CLEARLY : 0)) best = face;
      if (best && best.box.score >= PLAIN) break;
    }
    return best;
  }

  /** The mesh of the first of `faces` that has one. */
  async #meshOf(frame: Frame, faces: readonly FoundFace[]): Promise<Mesh | undefined> {
    for (const face of faces.slice(0, TRIES)) {
      const patch = patchOfFace(face.box, face.rollRad);
      let mesh = await this.#look(frame, patch);
      if (mesh && isOff(patch, nextPatch(mesh))) {
        mesh = await this.#look(frame, nextPatch(mesh)) ?? mesh;
      }
      if (mesh && mesh.score < NEW_MESH_SCORE) mesh = undefined;
      if (!mesh) continue;
      this.#others = company(faces, face);
      return mesh;
    }
    return undefined;
  }

  async #look(frame: Frame, patch: Patch): Promise<Mesh | undefined> {
    const mesh = await this.landmarks.find(frame, patch);
    return mesh.score >= MESH_SCORE ? mesh : undefined;
  }
}

/**
 * Whether there is no picture in `frame`.
 *
 * @throws {RangeError} when the data's length does not fit the size
 */
function isEmpty({ widthPx, heightPx, channels, data }: Frame): boolean {
  if (data.length === 0) return true;
  const isSize = (px: number) => Number.isInteger(px) && px > 0 && px <= MAX_SIDE_PX;
  if (
    !isSize(widthPx) || !isSize(heightPx) || (channels !== 3 && channels !== 4) ||
    data.length !== widthPx * heightPx * channels
  ) {
    throw new RangeError(
      `Cannot read a frame of ${widthPx}x${heightPx} pixels, ${channels} bytes each: ` +
        `it has ${data.length} bytes`,
    );
  }
  return Math.min(widthPx, heightPx) < MIN_SIDE_PX;
}

/** Whether the square that the mesh asks for is elsewhere than the one it was made from. */
function isOff(was: Patch, wanted: Patch): boolean {
  const moved = Math.hypot(was.centreXPx - wanted.centreXPx, was.centreYPx - wanted.centreYPx);
  const ratio = wanted.widthPx / was.widthPx;
  return moved > OFF * was.widthPx || ratio > 1 + 2 * OFF || ratio < 1 / (1 + 2 * OFF);
}

function nothing(atMs: number, brightness: number, doubts: readonly Doubt[]): Observation {
  return {
    atMs,
    faceCount: 0,
    face: undefined,
    eyes: undefined,
    pose: undefined,
    brightness,
    doubts,
  };
}
