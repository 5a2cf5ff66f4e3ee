"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useContext, useEffect, useOptimistic, useTransition } from "react";
import { FilterGo } from "./filter-go";
import { toggleValue, withParam } from "./list-param";

interface UseFilter {
  /** Query of the address, without "?", or of the one that was asked for. */
  readonly search: string;
  /** A new answer is on its way: dim the old one. */
  readonly isPending: boolean;
  /** Goes to the query that is made of what was asked last. */
  readonly change: (toQuery: (latest: string) => string) => void;
  readonly toggle: (name: string, value: string, fallback?: readonly string[]) => void;
  readonly set: (name: string, value: string) => void;
}

/** What was asked last, of which address: until the answer is there, the address does not say so, and the next choice must not undo it. */
let asked: { readonly of: string; readonly search: string } | null = null;

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
  const [shown, show] = useOptimistic(search);
  // Either way the page comes to it later: until then the box that was ticked must not look unticked.
  const ask = (query: string): void =>
    start(() => {
      show(new URLSearchParams(query).toString());
      if (given) given(query);
      else router.push(pathname + query, { scroll: false });
    });
  const address = `${pathname}?${search}`;
  useEffect(() => {
    // Back may come before the address said what was asked: that is taken back then, and the address stays as it is.
    const forget = (): void => {
      asked = null;
    };
    window.addEventListener("popstate", forget);
    return () => {
      window.removeEventListener("popstate", forget);
      if (asked?.of === address) forget();
    };
  }, [address]);
  const change = (toQuery: (latest: string) => string): void => {
    const latest = asked?.of === address ? asked.search : search;
    const query = toQuery(latest);
    const next = new URLSearchParams(query).toString();
    if (next === latest) return;
    asked = { of: address, search: next };
    ask(query);
  };
  return {
    search: shown,
    isPending,
    change,
    toggle: (name, value, fallback) => change((latest) => toggleValue(latest, name, value, fallback)),
    set: (name, value) => change((latest) => withParam(latest, name, value)),
  };
}
