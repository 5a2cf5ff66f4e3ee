import type { ReactNode } from "react";
import { SEVERITY_WORDS } from "@/lib/format/words";
import type { Severity } from "@/lib/model/severity";
import { SeverityGlyph } from "./severity-glyph";

/** Glyph and word. `children` replaces the word ("Reopened") where the severity is said elsewhere. */
export function SeverityTag({ severity, children }: { readonly severity: Severity; readonly children?: ReactNode }): ReactNode {
  return (
    <span className={`sev ${severity}`}>
      <SeverityGlyph severity={severity} />
      {children ?? SEVERITY_WORDS[severity]}
    </span>
  );
}
