import clsx from "clsx";
import type { ReactNode } from "react";

interface PillProps {
  /** not-assessed = hatch, review = dotted outline */
  readonly kind?: "plain" | "not-assessed" | "review";
  readonly children: ReactNode;
  readonly title?: string;
}

export function Pill({ kind = "plain", children, title }: PillProps): ReactNode {
  return (
    <span className={clsx("pill", kind === "not-assessed" && "na", kind === "review" && "dotted")} title={title}>
      {children}
    </span>
  );
}
