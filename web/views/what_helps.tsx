import { ViewLink } from "../components/view_link.tsx";
import { recording } from "../state.ts";

/** What can be done about it, where nothing is recorded. */
export function WhatHelps() {
  switch (recording.value) {
    case "off":
      return (
        <>
          <ViewLink to="settings" query={{ section: "health" }}>See why, and what helps.</ViewLink>
          {" "}
          In a terminal, <code>prodtracker doctor</code> says the same.
        </>
      );
    case "paused":
      return (
        <>
          <ViewLink to="settings" query={{ section: "health" }}>Record again</ViewLink>{" "}
          in the settings, or with <code>prodtracker pause off</code>.
        </>
      );
    default:
      return null;
  }
}
