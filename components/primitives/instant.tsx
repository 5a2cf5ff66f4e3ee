"use client";
import type { ReactNode } from "react";
import { formatDate, formatDay, formatInstant, formatShortInstant } from "@/lib/format/instant";
import { formatRelative } from "@/lib/format/relative-time";
import { useTimeZone } from "./use-time-zone";

interface InstantProps {
  /** ISO instant. */
  readonly at: string;
  /** ISO instant of "now"; given, the distance is added in brackets. */
  readonly now?: string;
  readonly kind?: "full" | "short" | "date" | "day";
}

const FORMATS = { full: formatInstant, short: formatShortInstant, date: formatDate, day: formatDay } as const;

/** Local time with UTC on hover; the same moment everywhere. */
export function Instant({ at, now, kind = "full" }: InstantProps): ReactNode {
  const zone = useTimeZone();
  const moment = new Date(at);
  return (
    <time dateTime={at} title={formatInstant(moment, "UTC")}>
      {FORMATS[kind](moment, zone)}
      {now === undefined ? null : (
        <>
          {" "}
          <span className="muted nowrap">({formatRelative(moment, new Date(now))})</span>
        </>
      )}
    </time>
  );
}
