import type { ReactNode } from "react";
import type { NetworkRow } from "@/lib/contracts/network";

type State = NetworkRow["state"];

/** Full square = open, half = limited, small dash = closed, hatch = cannot be told. */
export function ReachGlyph({ state }: { readonly state: State }): ReactNode {
  return (
    <svg width="12" height="12" aria-hidden="true">
      {mark(state)}
    </svg>
  );
}

function mark(state: State): ReactNode {
  switch (state) {
    case "open":
      return <rect x=".5" y=".5" width="11" height="11" rx="2" fill="currentColor" />;
    case "restricted":
      return (
        <>
          <rect x="1.25" y="1.25" width="9.5" height="9.5" rx="2" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M2 11V6h8v5z" fill="currentColor" />
        </>
      );
    case "closed":
      return <path d="M3.5 6h5" stroke="var(--ink-3)" strokeWidth="1.5" />;
    case "unknown":
      return <rect x=".5" y=".5" width="11" height="11" rx="2" fill="url(#hatch)" stroke="var(--hatch)" />;
  }
}
