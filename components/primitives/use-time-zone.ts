"use client";
import { createContext, useContext } from "react";
import { type TimeZone, toTimeZone } from "@/lib/format/instant";

/** What this browser says; UTC where it says none. */
export function browserZone(): TimeZone {
  return toTimeZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
}

const Zone = createContext<TimeZone>("UTC");

export const ZoneProvider = Zone.Provider;

/** The zone in which the page was made: what the browser writes, and what the server wrote around it, name one day for one moment. */
export function useTimeZone(): TimeZone {
  return useContext(Zone);
}
