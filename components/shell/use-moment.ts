"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback } from "react";
import { type Moment, moveMoment, parseMoment } from "./posture-search";

interface UseMoment extends Moment {
  /** null = now */
  readonly setAt: (seq: number | null) => void;
  /** null = the default baseline */
  readonly setSince: (seq: number | null) => void;
}

/** The moment in the address, and how to move it. */
export function useMoment(): UseMoment {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const setAt = useCallback((at: number | null) => router.push(moveMoment(pathname, search, { at })), [router, pathname, search]);
  const setSince = useCallback((since: number | null) => router.push(moveMoment(pathname, search, { since })), [router, pathname, search]);
  return { ...parseMoment(new URLSearchParams(search)), setAt, setSince };
}
