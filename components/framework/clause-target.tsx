"use client";
import { useEffect } from "react";
import { readEncoded } from "@/lib/format/read-encoded";

/**
 * Marks the clause that the address names, and opens what it is folded in. A browser does so itself for a page that it loads; one that was
 * gone to by a link of the router has no `:target`.
 */
export function ClauseTarget(): null {
  useEffect(() => {
    const marked: Element[] = [];
    const unmark = (): void => {
      for (const row of marked.splice(0)) row.removeAttribute("data-target");
    };
    const mark = (): void => {
      unmark();
      const row = location.hash === "" ? null : document.getElementById(readEncoded(location.hash.slice(1)));
      if (row === null) return;
      row.setAttribute("data-target", "");
      marked.push(row);
      const fold = row.closest("details:not([open])");
      if (fold === null) return;
      fold.setAttribute("open", "");
      row.scrollIntoView();
    };
    mark();
    addEventListener("hashchange", mark);
    return () => {
      removeEventListener("hashchange", mark);
      unmark();
    };
  }, []);
  return null;
}
