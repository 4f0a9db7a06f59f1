import { isIsoDate } from "../../daemon/core/day.ts";
import type { Api } from "../api.ts";
import { ClassColumns } from "../charts/class_columns.tsx";
import type { Column } from "../charts/columns.tsx";
import { DayNav } from "../components/day_nav.tsx";
import { Empty } from "../components/empty.tsx";
import { ForeignText } from "../components/foreign_text.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { formatClock, formatDay, formatDuration } from "../format.ts";
import { query, setQuery } from "../router.ts";
import { day } from "../state.ts";
import { useRead } from "../use_read.ts";
import { UsedApps } from "./used_apps.tsx";
import type { WirePhone, WirePhoneDay } from "./wire.ts";
import { countOf } from "./words.ts";

/** One phone's day: by hour, and by app. */
export function DeviceDay({ api, phone }: { api: Api; phone: WirePhone }) {
  const asked = query.value.get("date") ?? "";
  const today = day.value?.date;
  const isOther = isIsoDate(asked) && asked !== today;
  const path = `/phone/day?device_id=${encodeURIComponent(phone.device_id)}` +
    (isOther ? `&date=${asked}` : "");
  const read = useRead<WirePhoneDay>(api, path, { on: ["phone", "reclassify"], everyMs: 60_000 });
  // Until its own day is read, or when it cannot be, another phone's does not stand under its name.
  const told = read.data?.device_id === phone.device_id ? read.data : undefined;
  const date = isOther ? asked : today ?? told?.date;
  return (
    <Panel
      heading={
        <>
          <ForeignText text={phone.name} />
          {told && <span class="quiet">{formatDay(told.from)}</span>}
        </>
      }
      class="whole phone-day"
      aside={date && (
        <DayNav
          date={date}
          today={today ?? date}
          onChange={(next) => setQuery({ date: next === today ? undefined : next })}
        />
      )}
    >
      <Problem of={read.problem} doing="read this day" again={read.again} />
      {told && (told.screen_seconds > 0
        ? <Told told={told} />
        : (
          <Empty heading="Nothing was told for this day">
            The time between two heartbeats counts when they come within a minute, and the screen is
            on.
          </Empty>
        ))}
    </Panel>
  );
}

function Told({ told }: { told: WirePhoneDay }) {
  const { screen_seconds, distracting_seconds, pickups } = told;
  return (
    <>
      <p class="lead">
        <strong>{formatDuration(screen_seconds)}</strong> on screen,{" "}
        <strong>{formatDuration(distracting_seconds)}</strong> of it distracting.{" "}
        {pickups > 0 && `Picked up ${countOf(pickups, "time")}.`}
      </p>
      <div class="phone-day-parts">
        <ClassColumns label="By hour" columns={columnsOf(told)} maxSeconds={3_600} />
        <UsedApps apps={told.apps} />
      </div>
    </>
  );
}

function columnsOf({ hours, to }: WirePhoneDay): Column[] {
  return hours.map((hour, index) => {
    const from = formatClock(hour.start);
    return {
      name: from,
      spoken: `${from} to ${formatClock(hours[index + 1]?.start ?? to)}`,
      seconds: {
        signal: hour.signal_seconds,
        noise: hour.noise_seconds,
        neutral: hour.neutral_seconds,
        afk: hour.afk_seconds,
      },
    };
  });
}
