"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { type TimeZone, ZONE_COOKIE } from "@/lib/format/instant";
import { browserZone, ZoneProvider } from "../primitives/use-time-zone";

const YEAR_S = 31_536_000;

/** Tells the server the reader's zone where the page was made in another, which is at the first visit and after a journey, and asks for the page again. */
export function ReaderZone({ zone, children }: { readonly zone: TimeZone; readonly children: ReactNode }): ReactNode {
  const router = useRouter();
  useEffect(() => {
    const own = browserZone();
    if (own === zone) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the CookieStore is missing in Firefox and on plain HTTP.
    document.cookie = `${ZONE_COOKIE}=${encodeURIComponent(own)}; path=/; max-age=${YEAR_S}; samesite=lax`;
    router.refresh();
  }, [zone, router]);
  return <ZoneProvider value={zone}>{children}</ZoneProvider>;
}
