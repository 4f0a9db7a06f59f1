/**
 * What is wrong with a camera, in words, and what helps.
 * @module
 */

/** Something the person should know of. */
export interface Problem {
  readonly title: string;
  readonly remedy: string;
}

/** The camera, or what the browser gave us of it, is over. */
export const UNPLUGGED: Problem = {
  title: "The camera is gone",
  remedy: "The session goes on; what the camera cannot see counts as uncertain. " +
    "Plug it in again, or close what has taken it: it is taken up by itself.",
};

/** The camera is there, and nothing comes from it. */
export const NO_PICTURE: Problem = {
  title: "No picture comes from the camera",
  remedy: "Another program may be using it, or its cover is closed. " +
    "Until it is back, the time counts as uncertain.",
};

export const BLACK_PICTURE: Problem = {
  title: "The picture is black",
  remedy: "Is the lens covered, or is it very dark? Meanwhile the time counts as uncertain.",
};

/** The page came by an address to which browsers give no camera. */
export const NOT_SECURE: Problem = {
  title: "The browser gives no camera to this address",
  remedy:
    "It does so for pages of this machine (http://localhost or http://127.0.0.1) and by https. " +
    "Or watch from a terminal: prodtracker focus",
};

/** What a failed request for the camera means; `name` is that of the browser's error. */
export function cameraProblem(name: string): Problem {
  return PROBLEMS[name] ?? {
    title: "The camera could not be opened",
    remedy: `The browser says: ${name}. Try again, or choose another camera.`,
  };
}

const PROBLEMS: Record<string, Problem | undefined> = {
  NotAllowedError: {
    title: "The browser may not use the camera",
    remedy:
      "Allow it for this page, by the sign beside the address, and in the system's settings " +
      "for privacy. Then start again.",
  },
  SecurityError: NOT_SECURE,
  NotFoundError: {
    title: "There is no camera",
    remedy: "Plug one in and start again.",
  },
  OverconstrainedError: {
    title: "The chosen camera is not there",
    remedy: "Plug it in, or choose another one.",
  },
  NotReadableError: {
    title: "The camera is busy",
    remedy: "Another program or page is using it, a call perhaps. Close that and start again.",
  },
  AbortError: {
    title: "The camera did not start",
    remedy: "Unplug it and plug it in again, then start again.",
  },
};
