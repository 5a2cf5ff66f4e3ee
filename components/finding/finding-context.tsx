import type { ReactNode } from "react";
import type { FindingResponse } from "@/lib/contracts/findings";
import { commandNote } from "@/lib/format/fill-command";
import { type Elsewhere as Counted, elsewhereTitle, subjectsSentence } from "@/lib/format/elsewhere-words";
import { formatCount } from "@/lib/format/numbers";
import { findingPath } from "@/lib/format/paths";
import { formatDays } from "@/lib/format/relative-time";
import { isWholeCluster } from "@/lib/model/resource-ref";
import { resourceWords } from "../findings/resource-words";
import { ClauseFacts } from "../framework/clause-facts";
import { CopyButton } from "../primitives/copy-button";
import { Facts } from "../primitives/facts";
import { Instant } from "../primitives/instant";
import { Prose } from "../primitives/prose";
import { Section } from "../primitives/section";
import { SeverityTag } from "../primitives/severity-tag";
import { CommandText } from "../primitives/command-text";
import { PostureLink } from "../shell/posture-link";
import { ObjectName } from "../primitives/object-name";
import { Parted, PATH_PARTS } from "../primitives/parted";
import { DAY_MS } from "@/lib/model/day-ms";

interface ContextProps {
  readonly finding: FindingResponse;
  readonly cluster: string;
}

function nobodySetIt({ resource, yaml }: FindingResponse): string {
  if (isWholeCluster(resource)) return "The cluster as a whole is judged, not a field that somebody set.";
  if (yaml === null || yaml.marks.length === 0) return `No field of the ${resource.kind} itself is the evidence.`;
  return `No field manager lists these fields: the ${resource.kind} has none, or nobody set them.`;
}

function WhoSetIt({ finding }: { readonly finding: FindingResponse }): ReactNode {
  const { setBy, patch } = finding;
  if (setBy.length === 0) return <p className="cap">{nobodySetIt(finding)}</p>;
  return (
    <>
      {setBy.map((set) => (
        <Facts
          key={`${set.path} ${set.manager} ${set.at}`}
          facts={[
            { label: "With", value: <span className="mono">{set.manager}</span> },
            { label: "Operation", value: set.operation },
            { label: "At", value: set.at === null ? "not recorded" : <Instant at={set.at} /> },
            {
              label: "Field",
              value: (
                <span className="mono">
                  <Parted text={set.path} at={PATH_PARTS} />
                </span>
              ),
            },
            { label: "Read from", value: "managedFields" },
          ]}
        />
      ))}
      {patch === null ? null : <Facts facts={[{ label: "Managed by", value: patch.managedBy ?? "no sign of Helm, Argo CD, Flux or an operator" }]} />}
    </>
  );
}

/** The finding itself is among its control's subjects while it fails, is not known to, or another shows the same. */
function toElsewhere({ elsewhere, state }: FindingResponse): Counted {
  const without = (count: number, own: FindingResponse["state"]): number => Math.max(0, count - (state === own ? 1 : 0));
  return {
    ...elsewhere,
    others: Math.max(without(elsewhere.failing, "open"), elsewhere.rows.length),
    othersNotAssessed: without(elsewhere.notAssessed, "unknown"),
    othersManual: without(elsewhere.manual, "manual"),
    othersCovered: without(elsewhere.subsumed, "covered"),
  };
}

function Elsewhere({ finding, cluster }: ContextProps): ReactNode {
  const { elsewhere, control } = finding;
  return (
    <>
      {elsewhere.rows.length === 0 ? null : (
        <table className="table dense elsewhere">
          <caption className="sr">Other objects with the same weakness</caption>
          <tbody>
            {elsewhere.rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <SeverityTag severity={row.severity} />
                </td>
                <td>
                  <PostureLink href={findingPath(cluster, row.id)}>
                    <span className="mono two">
                      <ObjectName name={row.resource.name} />
                    </span>
                    <span className="cap clip">{resourceWords(row.resource)}</span>
                  </PostureLink>
                </td>
                <td className="num nowrap">{formatDays(row.ageDays * DAY_MS)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="cap" style={{ marginTop: 8 }}>
        {subjectsSentence(toElsewhere(finding))}{" "}
        {elsewhere.failing > 1 ? (
          <PostureLink className="link" href={`/c/${cluster}/findings?control=${control}`}>
            See all {formatCount(elsewhere.failing)}
          </PostureLink>
        ) : null}
      </p>
    </>
  );
}

function CopyCommand({ text }: { readonly text: string }): ReactNode {
  return text === "" ? null : (
    <span className="no-print">
      <CopyButton kind="link" text={text}>
        Copy command
      </CopyButton>
    </span>
  );
}

function SeeIt({ finding: { verify, lookFor } }: { readonly finding: FindingResponse }): ReactNode {
  const note = commandNote(verify);
  if (verify === "") return null;
  return (
    <>
      <CommandText text={verify} />
      {lookFor === null ? null : (
        <p className="story">
          <Prose text={lookFor} />
        </p>
      )}
      {note === null ? null : (
        <p className="cap" style={{ marginTop: 4 }}>
          {note}
        </p>
      )}
    </>
  );
}

function CountedIn({ finding, cluster }: ContextProps): ReactNode {
  if (finding.frameworks.length === 0) return null;
  return (
    <div className="more">
      <h3 className="sec-t">Also counted in</h3>
      <ClauseFacts clauses={finding.frameworks} base={`/c/${cluster}`} />
    </div>
  );
}

/** Who set it, where else it is, and how to see it with kubectl. */
export function FindingContext({ finding, cluster }: ContextProps): ReactNode {
  // Under the shorter of its neighbours.
  const isBelowElsewhere = finding.elsewhere.rows.length <= 2;
  return (
    <div className="sec cols context">
      <Section ruled={false} className="c4" title="Who set it">
        <WhoSetIt finding={finding} />
      </Section>
      <Section ruled={false} className="c4" title={elsewhereTitle(toElsewhere(finding))}>
        <Elsewhere finding={finding} cluster={cluster} />
        {isBelowElsewhere ? <CountedIn finding={finding} cluster={cluster} /> : null}
      </Section>
      <Section ruled={false} className="c4" title="Check it yourself" note={<CopyCommand text={finding.verify} />}>
        <SeeIt finding={finding} />
        {isBelowElsewhere ? null : <CountedIn finding={finding} cluster={cluster} />}
      </Section>
    </div>
  );
}
