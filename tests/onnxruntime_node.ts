/**
 * The native ONNX Runtime, to compare with: npm `onnxruntime-node`, of the very version of the WebAssembly one.
 * @module
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { RUNTIME } from "../vision/models.ts";
import type { OrtLike } from "../vision/ort_backend.ts";
import { packageFolder } from "./npm_package.ts";

const NODE = {
  package: "onnxruntime-node",
  version: RUNTIME.source.version,
  integrity:
    "sha512-twhs1C2C/BFkz1yc5OY0KIU2GUq6DURO7hD4bx5Q2Qy3nAMJwRXW8xU3NVczE29VA9lolLOYepoD8fjTGOfIqw==",
  bytes: 113_507_888,
} as const;

const COMMON = {
  package: "onnxruntime-common",
  version: RUNTIME.source.version,
  integrity:
    "sha512-7fdVWjAID1dVhH/G8qK3APARunV4VkBFoCQAP7qp4Wkab0mrorvmc+sqiT+mKXOzDqdjN5j+/Z9nb4gzNPWcyA==",
  bytes: 66_795,
} as const;

let loaded: Promise<OrtLike> | undefined;

/** Loads it; of the package's binaries only this machine's are kept. */
export function loadOnnxruntimeNode(): Promise<OrtLike> {
  return loaded ??= load();
}

async function load(): Promise<OrtLike> {
  const group = `${NODE.package}-${NODE.version}`;
  const isScript = (path: string) => path === "package.json" || /^dist\/.*\.(js|json)$/.test(path);
  const binaries = `bin/napi-v6/${process.platform}/${process.arch}/`;
  await packageFolder(COMMON, isScript, group);
  const isNeeded = (path: string) => isScript(path) || path.startsWith(binaries);
  const folder = await packageFolder(NODE, isNeeded, group);
  return createRequire(import.meta.url)(join(folder, "dist", "index.js"));
}
