"use client";
import { useSyncExternalStore } from "react";
import { type TimeZone, toTimeZone } from "@/lib/format/instant";

const subscribe = () => () => undefined;

/** The reader's zone in the browser; UTC where it has none, and while the page is made on the server and hydrated. */
export function useTimeZone(): TimeZone {
  return useSyncExternalStore(
    subscribe,
    () => toTimeZone(Intl.DateTimeFormat().resolvedOptions().timeZone),
    () => "UTC",
  );
}
