"use client";
import { useEffect, useState } from "react";

const EVERY_MS = 30_000;

/** The server's "now" (ISO instant) as it goes on while a page stays open, also overnight: by how much the browser's clock went on, whatever that shows. */
export function useNow(served: string): string {
  const [ticked, setTicked] = useState({ served, now: served });
  useEffect(() => {
    const sinceMs = Date.now() - Date.parse(served);
    const timer = setInterval(() => setTicked({ served, now: new Date(Date.now() - sinceMs).toISOString() }), EVERY_MS);
    return () => clearInterval(timer);
  }, [served]);
  return ticked.served === served ? ticked.now : served;
}
