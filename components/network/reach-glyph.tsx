import type { ReactNode } from "react";
import type { NetworkRow } from "@/lib/contracts/network";

type State = NetworkRow["state"];

const STATES: readonly State[] = ["open", "restricted", "closed", "unknown"];

/** Full square = open, half = limited, small dash = closed, hatch = cannot be told. */
export function ReachGlyph({ state }: { readonly state: State }): ReactNode {
  return (
    <svg width="0.75rem" height="0.75rem" viewBox="0 0 12 12" aria-hidden="true">
      {mark(state)}
    </svg>
  );
}

/** The four glyphs, drawn once for all `ReachGlyphUse` of a page: a thousand drawings of their own were half of it. */
export function ReachGlyphs(): ReactNode {
  return (
    <svg width="0" height="0" className="sr" aria-hidden="true">
      <defs>
        {STATES.map((state) => (
          <symbol key={state} id={`reach-${state}`} viewBox="0 0 12 12">
            {mark(state)}
          </symbol>
        ))}
      </defs>
    </svg>
  );
}

/** The glyph by reference; its size is the style sheet's. */
export function ReachGlyphUse({ state }: { readonly state: State }): ReactNode {
  return (
    <svg aria-hidden="true">
      <use href={`#reach-${state}`} />
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
