"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";
import { toggleValue, withParam } from "./list-param";

interface UseFilter {
  /** Query of the address, without "?". */
  readonly search: string;
  /** A new answer is on its way: dim the old one. */
  readonly isPending: boolean;
  readonly toggle: (name: string, value: string) => void;
  readonly set: (name: string, value: string) => void;
}

/** The filter lives in the address; setting it asks the server for the page again. */
export function useFilter(): UseFilter {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const [isPending, start] = useTransition();
  const go = (query: string): void => start(() => router.replace(pathname + query, { scroll: false }));
  return {
    search, isPending,
    toggle: (name, value) => go(toggleValue(search, name, value)),
    set: (name, value) => go(withParam(search, name, value)),
  };
}
