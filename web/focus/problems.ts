/**
 * Why a session does not begin, or does not go on, in words.
 * @module
 */
import { ApiError } from "../api.ts";
import { isLoginOpen } from "../state.ts";
import { CameraError } from "./camera.ts";
import { NotLoadedError } from "./eye.ts";
import type { Problem } from "./camera_words.ts";

/** What a failure means to the person; a wanted token opens the box to sign in. */
export function problemOf(error: unknown): Problem {
  if (error instanceof CameraError) return error.problem;
  if (error instanceof ApiError && error.status === 401) {
    isLoginOpen.value = true;
    return {
      title: "Sign in to start a session",
      remedy: "This daemon has an admin token of its own, and takes sessions from who has it.",
    };
  }
  if (error instanceof NotLoadedError) {
    return {
      title: "What recognises your gaze could not be loaded",
      remedy: "Is ProdTracker running? If it was updated meanwhile, load this page again.",
    };
  }
  if (error instanceof ApiError) {
    return { title: "The daemon does not take the session", remedy: error.message };
  }
  if (error instanceof TypeError || isTimeout(error)) {
    return {
      title: "The daemon does not answer",
      remedy: "Start it in a terminal: prodtracker serve. Then start the session again.",
    };
  }
  return {
    title: "The camera's pictures cannot be looked at",
    remedy: error instanceof Error ? error.message : String(error),
  };
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}
