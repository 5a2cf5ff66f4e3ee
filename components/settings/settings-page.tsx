import type { ReactNode } from "react";
import type { ClusterDto } from "@/lib/contracts/clusters";
import { scheduleWords } from "@/lib/format/source-titles";
import { Facts } from "../primitives/facts";
import { Instant } from "../primitives/instant";
import { PageHead } from "../primitives/page-head";
import { Section } from "../primitives/section";
import { ScanNow } from "../scan/scan-now";
import { PostureLink } from "../shell/posture-link";
import { ScheduleForm } from "./schedule-form";

const SOURCES: Readonly<Record<ClusterDto["source"], string>> = {
  kubeconfig: "kubeconfig of this machine",
  "in-cluster": "service account of this pod",
  demo: "made up; nothing of it is real",
};

/** Which cluster is read, and how often. */
export function SettingsPage({ cluster, base }: { readonly cluster: ClusterDto; readonly base: string }): ReactNode {
  const { name, schedule, latest, scan } = cluster;
  return (
    <>
      <PageHead
        answer={`${name} is scanned ${scheduleWords(schedule.intervalMinutes, schedule.isPaused)}`}
        sub="A scan reads and never writes. Old results stay until the new ones are whole."
        actions={<ScanNow cluster={cluster.slug} />}
      />
      <div className="sec cols">
        <Section ruled={false} className="c6" title="Schedule">
          <ScheduleForm cluster={cluster.slug} schedule={schedule} />
        </Section>
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
              { label: "Context", value: cluster.context === null ? "–" : <span className="mono">{cluster.context}</span> },
              { label: "API server", value: cluster.server === null ? "–" : <span className="mono">{cluster.server}</span> },
              { label: "Kubernetes", value: cluster.kubeVersion ?? "not known yet" },
              {
                label: "Last snapshot",
                value:
                  latest === null ? (
                    "none yet"
                  ) : (
                    <>
                      <Instant at={latest.takenAt} />, snapshot {latest.seq}
                    </>
                  ),
              },
              { label: "Last scan", value: scan === null ? "none yet" : scan.state === "failed" ? `failed: ${scan.error ?? "no reason given"}` : scan.state },
            ]}
          />
        </Section>
      </div>
    </>
  );
}
