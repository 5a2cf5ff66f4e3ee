"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { type TimeZone, ZONE_COOKIE } from "@/lib/format/instant";
import { browserZone, ZoneProvider } from "../primitives/use-time-zone";

const YEAR_S = 31_536_000;

/**
 * Tells the server the reader's zone where the page was made in another, and asks for the page again: at the first visit, and where a tab that was open during
 * a journey is come back to. Another tab may have told it the new one, and the next page of this tab would be made of both.
 */
export function ReaderZone({ zone, children }: { readonly zone: TimeZone; readonly children: ReactNode }): ReactNode {
  const router = useRouter();
  /** Once for each zone: a browser that keeps no cookie would ask for ever. */
  const told = useRef<TimeZone | null>(null);
  useEffect(() => {
    const tell = (): void => {
      const own = browserZone();
      if (own === zone || own === told.current) return;
      told.current = own;
      // biome-ignore lint/suspicious/noDocumentCookie: the CookieStore is missing in Firefox and on plain HTTP.
      document.cookie = `${ZONE_COOKIE}=${encodeURIComponent(own)}; path=/; max-age=${YEAR_S}; samesite=lax`;
      router.refresh();
    };
    tell();
    window.addEventListener("focus", tell);
    return () => window.removeEventListener("focus", tell);
  }, [zone, router]);
  return <ZoneProvider value={zone}>{children}</ZoneProvider>;
}
