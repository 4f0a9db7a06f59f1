/**
 * The sections of the settings, in their order; to add one, write its component and its line here.
 * @module
 */
import type { ComponentType } from "preact";
import type { Api } from "../api.ts";
import { DataSection } from "./data/data_section.tsx";
import { HealthSection } from "./health/health_section.tsx";
import { MessagesSection } from "./messages/messages_section.tsx";
import { NudgesSection } from "./nudges/nudges_section.tsx";
import { PrivacySection } from "./privacy/privacy_section.tsx";
import { RetentionSection } from "./retention/retention_section.tsx";
import { ScreenshotsSection } from "./screenshots/screenshots_section.tsx";

export interface SettingsSection {
  /** What the address says: `?section=`. */
  readonly name: string;
  /** On its tab, and above it. */
  readonly title: string;
  /** What it is for, under the title. */
  readonly lead: string;
  readonly Section: ComponentType<{ api: Api }>;
}

export const SECTIONS: readonly SettingsSection[] = [
  {
    ...{ name: "health", title: "Health", Section: HealthSection },
    lead: "What runs, what does not and why, and pausing.",
  },
  {
    ...{ name: "nudges", title: "Nudges", Section: NudgesSection },
    lead:
      "When something goes on for too long you are nudged, then more strongly. Nothing blocks unless you switch that on.",
  },
  {
    ...{ name: "messages", title: "Messages", Section: MessagesSection },
    lead: "Summaries by mail and SMS. Nothing is sent unless you set it up.",
  },
  {
    ...{ name: "privacy", title: "Privacy", Section: PrivacySection },
    lead: "What of your windows nobody should know: hidden before it is stored, and in the past.",
  },
  {
    ...{ name: "screenshots", title: "Screenshots", Section: ScreenshotsSection },
    lead: "Pictures of your screen, kept on this machine. Off unless you switch them on.",
  },
  {
    ...{ name: "retention", title: "Keep and erase", Section: RetentionSection },
    lead: "How long things are kept, and taking back what was recorded, for good.",
  },
  {
    ...{ name: "data", title: "Data", Section: DataSection },
    lead: "Copies of the database, and your events as a file, out and in.",
  },
];

/** The section that the address names; an unknown name is the first. */
export function sectionNamed(name: string | null): SettingsSection {
  return SECTIONS.find((section) => section.name === name) ?? SECTIONS[0];
}
