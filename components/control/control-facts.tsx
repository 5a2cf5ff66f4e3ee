import type { ReactNode } from "react";
import type { ControlResponse } from "@/lib/contracts/controls";
import { formatCount, formatPoints } from "@/lib/format/numbers";
import { SEVERITY_WORDS, sliceWords, topicWord } from "@/lib/format/words";
import { joinWords } from "@/lib/model/join-words";
import { ClauseFacts } from "../framework/clause-facts";
import { Facts } from "../primitives/facts";

type Control = ControlResponse["control"];

function hostOf(address: string): string {
  try {
    const url = new URL(address);
    return `${url.hostname.replace(/^www\./, "")}${url.pathname === "/" ? "" : url.pathname}`;
  } catch {
    return address;
  }
}

function costOf({ isRollUp }: Control, { n, unknown, cost }: NonNullable<ControlResponse["counts"]>): string {
  if (isRollUp) return "nothing itself: the controls that it sums up do";
  return n === 0 && unknown > 0 ? "not known" : `${formatPoints(cost, 2)} points before the cap`;
}

/** Counts of this cluster, where the control comes from, and what it needs to read. */
export function ControlFacts({
  control,
  counts,
  platform,
  asks,
  base,
}: {
  readonly control: Control;
  readonly counts: ControlResponse["counts"];
  /** Beside those in `counts`. */
  readonly platform: ControlResponse["platform"];
  /** The subject, in words; null = this release cannot say. */
  readonly asks: string | null;
  readonly base: string;
}): ReactNode {
  const severity =
    control.maxSeverity === control.severity
      ? SEVERITY_WORDS[control.severity]
      : `${SEVERITY_WORDS[control.severity]}, up to ${SEVERITY_WORDS[control.maxSeverity].toLowerCase()}`;
  const facts = [
    ...(counts
      ? [
          { label: "Judged", value: formatCount(counts.n) },
          { label: "Failing", value: formatCount(counts.failing) },
          ...(platform.n === 0 ? [] : [{ label: "On the platform", value: `${formatCount(platform.failing)} of ${formatCount(platform.n)} failing` }]),
          {
            label: "Not assessed",
            value: `${formatCount(counts.unknown)}${platform.unknown === 0 ? "" : `, and ${formatCount(platform.unknown)} on the platform`}`,
          },
          ...(counts.stale > 0 ? [{ label: "As last assessed", value: `${formatCount(counts.stale)} of those judged` }] : []),
          ...(counts.waived > 0 ? [{ label: "Under exception", value: formatCount(counts.waived) }] : []),
          ...(counts.manual > 0 ? [{ label: "Needs review", value: formatCount(counts.manual) }] : []),
          { label: "Not applicable", value: formatCount(counts.notApplicable) },
          ...(counts.subsumed > 0 ? [{ label: "Covered by another", value: formatCount(counts.subsumed) }] : []),
          { label: "Costs", value: costOf(control, counts) },
        ]
      : []),
    { label: "Severity", value: severity },
    ...(asks === null
      ? []
      : [
          { label: asks === "cluster" ? "Checks the" : "Checks each", value: asks },
          { label: "Reads", value: control.reads.length === 0 ? "the object alone" : control.reads.map(sliceWords).join(", ") },
        ]),
    ...(control.tips.length === 0 ? [] : [{ label: control.tips.length === 1 ? "Topic" : "Topics", value: joinWords(control.tips.map(topicWord)) }]),
    ...(control.aliases.length === 0 ? [] : [{ label: "Also known as", value: <span className="mono">{control.aliases.join(", ")}</span> }]),
  ];
  return (
    <>
      <Facts facts={facts} />
      {control.frameworks.length === 0 ? null : (
        <>
          <h2 className="sec-t facts-t">Frameworks</h2>
          <ClauseFacts clauses={control.frameworks} base={base} />
        </>
      )}
      {control.references.length === 0 ? null : (
        <>
          <h2 className="sec-t facts-t">References</h2>
          <ul className="refs">
            {control.references.map((address) => (
              <li key={address}>
                {/^https?:/.test(address) ? (
                  <a className="link" href={address} rel="noreferrer">
                    {hostOf(address)}
                  </a>
                ) : (
                  address
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
