import type { ReactNode } from "react";
import type { NetworkRow } from "@/lib/contracts/network";
import { NETWORK_STATE_WORDS } from "@/lib/format/network-titles";
import { ReachGlyph } from "./reach-glyph";

/** Glyph and word of a state. */
export function ReachTag({ state }: { readonly state: NetworkRow["state"] }): ReactNode {
  return (
    <span className="state">
      <ReachGlyph state={state} />
      {NETWORK_STATE_WORDS[state]}
    </span>
  );
}
