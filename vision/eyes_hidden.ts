import type { Mesh } from "./landmarks.ts";
import type { Frame } from "./types.ts";
export function areEyesHidden(_frame: Frame, _mesh: Mesh): boolean {
  return false;
}
