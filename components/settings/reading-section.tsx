import type { ReactNode } from "react";
import type { ClusterDto } from "@/lib/contracts/clusters";
import { Facts } from "../primitives/facts";
import { Instant } from "../primitives/instant";
import { Section } from "../primitives/section";
import { PostureLink } from "../shell/posture-link";

const SOURCES: Readonly<Record<ClusterDto["source"], string>> = {
  kubeconfig: "kubeconfig of this machine",
  "in-cluster": "service account of this pod",
  demo: "the demo: a made-up cluster",
};

/** Which cluster is read, through what. */
export function ReadingSection({ cluster, base }: { readonly cluster: ClusterDto; readonly base: string }): ReactNode {
  const { latest, scan } = cluster;
  const lastSnapshot =
    latest === null ? (
      "none yet"
    ) : (
      <>
        <Instant at={latest.takenAt} />, snapshot {latest.seq}
      </>
    );
  return (
    <Section
      ruled={false}
      className="c6"
      title="What is read"
      note={
        <PostureLink className="link" href={`${base}/sources`}>
          Sources
        </PostureLink>
      }
    >
      <Facts
        facts={[
          { label: "Read through", value: SOURCES[cluster.source] },
          ...(cluster.context === null ? [] : [{ label: "Context", value: <span className="mono">{cluster.context}</span> }]),
          ...(cluster.server === null ? [] : [{ label: "API server", value: <span className="mono">{cluster.server}</span> }]),
          { label: "Kubernetes", value: cluster.kubeVersion ?? "not known yet" },
          { label: "Last snapshot", value: lastSnapshot },
          { label: "Last scan", value: scan === null ? "none yet" : scan.state === "failed" ? `failed: ${scan.error ?? "no reason given"}` : scan.state },
        ]}
      />
    </Section>
  );
}
