import type { ReactNode } from "react";
import type { TuningDto } from "@/lib/contracts/tuning";
import { SEVERITY_WORDS } from "@/lib/format/words";
import type { Severity } from "@/lib/model/severity";
import { Pill } from "../primitives/pill";

/** What this cluster's people changed of a control, at the moment of the page, and what the next scan changes. */
export function TuningNote({ tuning, severity }: { readonly tuning: TuningDto; readonly severity: Severity }): ReactNode {
  const { disabled, reweighted, own, next } = tuning;
  if (disabled === null && reweighted === null && own === null && next === null) return null;
  return (
    <ul className="tuning-note">
      {disabled === null ? null : (
        <li>
          <Pill>off</Pill> Not judged in this cluster, and in no score: {disabled}
        </li>
      )}
      {disabled !== null || reweighted === null ? null : (
        <li>
          <Pill>re-weighted</Pill> {`${SEVERITY_WORDS[severity]} here, ${SEVERITY_WORDS[reweighted.from].toLowerCase()} elsewhere: `}
          {reweighted.reason}
        </li>
      )}
      {own === null ? null : (
        <li>
          <Pill>own</Pill> Written by the people of this cluster.
        </li>
      )}
      {next === null ? null : (
        <li>
          <Pill kind="review">next scan</Pill> {next}
        </li>
      )}
    </ul>
  );
}
