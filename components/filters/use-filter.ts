"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useContext, useTransition } from "react";
import { FilterGo } from "./filter-go";
import { toggleValue, withParam } from "./list-param";

interface UseFilter {
  /** Query of the address, without "?". */
  readonly search: string;
  /** A new answer is on its way: dim the old one. */
  readonly isPending: boolean;
  readonly toggle: (name: string, value: string, fallback?: readonly string[]) => void;
  readonly set: (name: string, value: string) => void;
}

/**
 * The filter lives in the address; setting it asks the server for the page again, unless the page has its own way (FilterGo). Each choice is a step
 * that the browser's back button takes back.
 */
export function useFilter(): UseFilter {
  const router = useRouter();
  const pathname = usePathname();
  const given = useContext(FilterGo);
  const search = useSearchParams().toString();
  const [isPending, start] = useTransition();
  const ask = given ?? ((query: string): void => start(() => router.push(pathname + query, { scroll: false })));
  const go = (query: string): void => {
    if (new URLSearchParams(query).toString() !== search) ask(query);
  };
  return {
    search,
    isPending,
    toggle: (name, value, fallback) => go(toggleValue(search, name, value, fallback)),
    set: (name, value) => go(withParam(search, name, value)),
  };
}
