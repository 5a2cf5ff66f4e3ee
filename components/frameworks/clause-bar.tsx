import type { ReactNode } from "react";
import type { ListFrameworksResponse } from "@/lib/contracts/frameworks";

type Clauses = ListFrameworksResponse["frameworks"][number]["clauses"];

/** What the clauses that apply came to: filled = fails, hatch = not assessed. The counts beside it say the same in figures. */
export function ClauseBar({ clauses }: { readonly clauses: Clauses }): ReactNode {
  const applies = clauses.fail + clauses.pass + clauses["needs-review"] + clauses["not-assessed"];
  if (applies === 0) return null;
  const width = (count: number) => ({ width: `${(count / applies) * 100}%` });
  return (
    <span className="clause-bar" aria-hidden="true">
      <i className="fails" style={width(clauses.fail)} />
      <i className="hatch" style={width(clauses["not-assessed"])} />
    </span>
  );
}
