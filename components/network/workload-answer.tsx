import type { ReactNode } from "react";
import type { NetworkRows, NetworkWorkload } from "@/lib/contracts/network";
import { shownRowsWords } from "@/lib/format/network-titles";
import { formatNoun } from "@/lib/format/numbers";
import { resourcePath } from "@/lib/format/paths";
import { showHidden } from "@/lib/format/show-hidden";
import { Facts } from "../primitives/facts";
import { Section } from "../primitives/section";
import { PostureLink } from "../shell/posture-link";
import { slugOf } from "../shell/posture-search";
import { networkHref, workloadText } from "./network-href";
import { PolicyLinks } from "./ref-links";
import { ReachRows } from "./reach-rows";

function Policies({ side, cluster }: { readonly side: NetworkWorkload["ingress"]; readonly cluster: string }): ReactNode {
  const { isLimited, policies, policyCount, isWhole } = side;
  if (!isLimited) return isWhole ? "no policy" : "no policy that was read";
  return <PolicyLinks refs={policies} count={policyCount} cluster={cluster} />;
}

function closedWords({ closed: { namespaces, workloads, outside } }: NetworkRows, way: "from" | "to"): string | null {
  const inside = workloads === 0 ? [] : [`${formatNoun(workloads, "workload")} in ${formatNoun(namespaces, "namespace")}`];
  const parts = [...inside, ...(outside ? ["the outside"] : [])];
  return parts.length === 0 ? null : `Closed on every port ${way} ${parts.join(", and ")}`;
}

function Side({
  title,
  rows,
  way,
  none,
  base,
}: {
  readonly title: string;
  readonly rows: NetworkRows;
  readonly way: "from" | "to";
  readonly none: string;
  readonly base: string;
}): ReactNode {
  const closed = closedWords(rows, way);
  return (
    <Section title={title} {...(closed !== null && { note: closed })}>
      {rows.rows.length === 0 ? <p className="cap">{none}</p> : <ReachRows rows={rows.rows} ends={[way]} caption={title} base={base} />}
      {rows.rows.length < rows.rowCount ? <p className="cap">{shownRowsWords(rows)}</p> : null}
    </Section>
  );
}

/** Who may connect to a workload, and what it may connect to. */
export function WorkloadAnswer({ workload, base }: { readonly workload: NetworkWorkload; readonly base: string }): ReactNode {
  const cluster = slugOf(base);
  const { ref, ingress, egress, incoming, outgoing } = workload;
  const text = workloadText(ref);
  return (
    <>
      <div className="sec">
        <Facts
          kind="across"
          facts={[
            {
              label: ref.kind,
              value: (
                <PostureLink className="link mono" href={resourcePath(cluster, ref)}>
                  {showHidden(`${ref.namespace}/${ref.name}`)}
                </PostureLink>
              ),
            },
            { label: "Limits who connects to it", value: <Policies side={ingress} cluster={cluster} /> },
            { label: "Limits where it connects to", value: <Policies side={egress} cluster={cluster} /> },
            {
              label: "What would close the rest",
              value: (
                <PostureLink className="link" href={networkHref(base, { by: "policy", workload: text })}>
                  Generate a policy
                </PostureLink>
              ),
            },
          ]}
        />
      </div>
      <Side title="Who may connect to it" rows={incoming} way="from" none="Nobody: every connection to it is closed." base={base} />
      <Side title="What it may connect to" rows={outgoing} way="to" none="Nothing: every connection from it is closed." base={base} />
    </>
  );
}
