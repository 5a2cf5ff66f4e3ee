import type { ReactNode } from "react";
import { powerWords } from "@/lib/format/who-can-titles";
import { Pill } from "../primitives/pill";

/** Power class: P1 = can take over the cluster. */
export function PowerTag({ power }: { readonly power: number }): ReactNode {
  return (
    <span className="power">
      <Pill>{`P${power}`}</Pill> <span className="cap">{powerWords(power)}</span>
    </span>
  );
}
