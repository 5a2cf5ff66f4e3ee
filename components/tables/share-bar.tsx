import type { ReactNode } from "react";
import { formatCount } from "@/lib/format/numbers";

/** "19 of 31" with its bar: failing of assessed. */
export function ShareBar({ part, whole }: { readonly part: number; readonly whole: number }): ReactNode {
  const percent = whole <= 0 ? 0 : Math.min(100, (part / whole) * 100);
  return (
    <span className="share">
      <i aria-hidden="true">{part > 0 ? <i style={{ width: `${percent}%` }} /> : null}</i>
      <span>
        {formatCount(part)} of {formatCount(whole)}
      </span>
    </span>
  );
}
