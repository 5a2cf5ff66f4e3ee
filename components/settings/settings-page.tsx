import type { ReactNode } from "react";
import type { ClusterDto } from "@/lib/contracts/clusters";
import { scheduleWords } from "@/lib/format/source-titles";
import { PageHead } from "../primitives/page-head";
import { ScanNow } from "../scan/scan-now";
import { ReadingSection } from "./reading-section";
import { ScheduleSection } from "./schedule-section";

/** Which cluster is read, how often, and by which rules: one section per file. */
export function SettingsPage({ cluster, base }: { readonly cluster: ClusterDto; readonly base: string }): ReactNode {
  const { name, schedule } = cluster;
  return (
    <>
      <PageHead
        answer={`${name} is scanned ${scheduleWords(schedule.intervalMinutes, schedule.isPaused)}`}
        sub="A scan reads and never writes. Old results stay until the new ones are whole."
        actions={<ScanNow cluster={cluster.slug} />}
      />
      <div className="sec cols">
        <ScheduleSection cluster={cluster} />
        <ReadingSection cluster={cluster} base={base} />
      </div>
    </>
  );
}
