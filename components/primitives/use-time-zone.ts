"use client";
import { useSyncExternalStore } from "react";
import type { TimeZone } from "@/lib/format/instant";

const subscribe = () => () => undefined;

/** The reader's zone in the browser; UTC while the page is made on the server and hydrated. */
export function useTimeZone(): TimeZone {
  return useSyncExternalStore(
    subscribe,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
}
