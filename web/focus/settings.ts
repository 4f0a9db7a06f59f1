/**
 * What the person has chosen for focus sessions, kept in this browser.
 * @module
 */

export interface FocusSettings {
  /** The length of a session; `null`: until it is ended. */
  readonly minutes: number | null;
  /** The camera's id in this browser; "": whichever the browser takes. */
  readonly cameraId: string;
  /** How long looking away is forgiven, in seconds. */
  readonly lookAwaySeconds: number;
  /** 0..1 */
  readonly volume: number;
  readonly isMuted: boolean;
  readonly isPictureShown: boolean;
  readonly isBoxShown: boolean;
  /** Whether the last level of an alert is a notification of the desktop. */
  readonly isNotifying: boolean;
  /** Whether the summary of a session is to be mailed at its end. */
  readonly isMailWished: boolean;
  readonly isSmsWished: boolean;
}

export const DEFAULT_SETTINGS: FocusSettings = {
  minutes: 25,
  cameraId: "",
  lookAwaySeconds: 3,
  volume: 0.5,
  isMuted: false,
  isPictureShown: true,
  isBoxShown: true,
  isNotifying: false,
  isMailWished: false,
  isSmsWished: false,
};

/** The lengths that are offered; `null` is a session without end. */
export const PRESET_MINUTES = [25, 50, 90] as const;
/** The longest session that the daemon takes: a day. */
export const MAX_MINUTES = 1_440;
export const LOOK_AWAY_SECONDS = { min: 1, max: 30 } as const;

/** The settings that are yes or no. */
type FlagName = {
  [Name in keyof FocusSettings]: FocusSettings[Name] extends boolean ? Name : never;
}[keyof FocusSettings];

const KEY = "prodtracker.focus";

/** The settings in a stored text; what is missing or makes no sense is the default. */
export function parseSettings(text: string | null): FocusSettings {
  const stored = parsed(text);
  const { minutes, cameraId, lookAwaySeconds, volume } = stored;
  const flag = (name: FlagName) =>
    typeof stored[name] === "boolean" ? stored[name] : DEFAULT_SETTINGS[name];
  return {
    minutes: minutes === null || isWithin(minutes, 1, MAX_MINUTES)
      ? minutes
      : DEFAULT_SETTINGS.minutes,
    cameraId: typeof cameraId === "string" ? cameraId : DEFAULT_SETTINGS.cameraId,
    lookAwaySeconds: isWithin(lookAwaySeconds, LOOK_AWAY_SECONDS.min, LOOK_AWAY_SECONDS.max)
      ? lookAwaySeconds
      : DEFAULT_SETTINGS.lookAwaySeconds,
    volume: isWithin(volume, 0, 1) ? volume : DEFAULT_SETTINGS.volume,
    isMuted: flag("isMuted"),
    isPictureShown: flag("isPictureShown"),
    isBoxShown: flag("isBoxShown"),
    isNotifying: flag("isNotifying"),
    isMailWished: flag("isMailWished"),
    isSmsWished: flag("isSmsWished"),
  };
}

/** The settings kept here; with storage switched off, the defaults. */
export function storedSettings(): FocusSettings {
  try {
    return parseSettings(localStorage.getItem(KEY));
  } catch {
    return DEFAULT_SETTINGS;
  }
}

/** Keeps the settings; with storage switched off they last as long as the page. */
export function storeSettings(settings: FocusSettings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // The page's own memory still has them.
  }
}

function parsed(text: string | null): Partial<Record<keyof FocusSettings, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

function isWithin(value: unknown, min: number, max: number): value is number {
  return typeof value === "number" && value >= min && value <= max;
}
