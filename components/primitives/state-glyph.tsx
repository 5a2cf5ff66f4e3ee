import type { ReactNode } from "react";
import type { State } from "@/lib/model/verdict";

/** Quiet check = pass, hatch = not assessed, outline = exception, dotted = needs review, dash = not applicable. */
export function StateGlyph({ state }: { readonly state: Exclude<State, "fail"> }): ReactNode {
  return (
    <svg width="0.75rem" height="0.75rem" viewBox="0 0 12 12" aria-hidden="true">
      {mark(state)}
    </svg>
  );
}

function mark(state: Exclude<State, "fail">): ReactNode {
  switch (state) {
    case "pass":
      return <path d="M2 6.5l2.8 2.8L10 3.2" fill="none" stroke="var(--ink-3)" strokeWidth="1.6" />;
    case "unknown":
      return <rect x=".5" y=".5" width="11" height="11" rx="2" fill="url(#hatch)" stroke="var(--hatch)" />;
    case "waived":
      return <rect x="1.25" y="1.25" width="9.5" height="9.5" rx="2" fill="none" stroke="var(--ink-2)" strokeWidth="1.5" />;
    case "manual":
      return <rect x="1.25" y="1.25" width="9.5" height="9.5" rx="2" fill="none" stroke="var(--ink-2)" strokeWidth="1.5" strokeDasharray="1.5 1.7" />;
    case "not-applicable":
    case "subsumed":
      return <path d="M2.5 6h7" stroke="var(--ink-3)" strokeWidth="1.5" />;
  }
}
