import type { ReactNode } from "react";
import { formatCount } from "@/lib/format/numbers";
import { SEVERITY_WORDS } from "@/lib/format/words";
import type { Severity } from "@/lib/model/severity";
import { SeverityGlyph } from "./severity-glyph";

/** How many are of one severity: its shape and the number, and its word for those who hear it. */
export function SeverityCount({ severity, count }: { readonly severity: Severity; readonly count: number }): ReactNode {
  return (
    <>
      <SeverityGlyph severity={severity} />
      <span>{formatCount(count)}</span>
      <span className="sr">{SEVERITY_WORDS[severity]}</span>
    </>
  );
}
