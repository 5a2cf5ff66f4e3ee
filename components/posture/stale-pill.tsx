import type { ReactNode } from "react";
import { Pill } from "../primitives/pill";

/** Beside a finding that this snapshot could not judge again. */
export function StalePill({ reason }: { readonly reason: string | null }): ReactNode {
  return (
    <Pill kind="not-assessed" title={`It could not be assessed in this snapshot, and is shown as last assessed.${reason === null ? "" : ` ${reason}`}`}>
      as last assessed
    </Pill>
  );
}
