import clsx from "clsx";
import type { ReactNode } from "react";

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
  /** Caption under the value. */
  readonly note?: ReactNode;
}

/** rows = label left, value right; stacked = label above; across = side by side over the page. */
export function Facts({ facts, kind = "rows" }: { readonly facts: readonly Fact[]; readonly kind?: "rows" | "stacked" | "across" }): ReactNode {
  return (
    <dl className={clsx("facts", kind !== "rows" && kind)}>
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>
            {fact.value}
            {fact.note === undefined ? null : <span className="cap"> {fact.note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
