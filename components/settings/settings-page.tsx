import type { ReactNode } from "react";
import type { ClusterDto } from "@/lib/contracts/clusters";
import type { ListControlsResponse } from "@/lib/contracts/controls";
import type { SettingsResponse } from "@/lib/contracts/settings";
import { clusterWords } from "@/lib/format/cluster-words";
import { scheduleWords } from "@/lib/format/source-titles";
import { PageHead } from "../primitives/page-head";
import { ScanNow } from "../scan/scan-now";
import { AppliedNote } from "./applied-note";
import { ForgetSection } from "./forget-section";
import { OptInSection } from "./opt-in-section";
import { OwnControlsSection } from "./own-controls-section";
import { ReadingSection } from "./reading-section";
import { RulesSection } from "./rules-section";
import { ScheduleSection } from "./schedule-section";
import { listTunable, toTunable } from "./to-tunable";
import { TuningSection } from "./tuning-section";

interface SettingsPageProps {
  readonly cluster: ClusterDto;
  readonly settings: SettingsResponse;
  readonly catalogue: ListControlsResponse;
  /** How much is remembered of the cluster. */
  readonly history: string;
  /** Id of the control whose form is open. */
  readonly tune: string | null;
  readonly base: string;
}

/** The title of the page. */
export function settingsAnswer(cluster: ClusterDto): string {
  return `${clusterWords(cluster)} is scanned ${scheduleWords(cluster.schedule.intervalMinutes, cluster.schedule.isPaused)}`;
}

/** Which cluster is read, how often, and by which rules: one section per file. */
export function SettingsPage({ cluster, settings, catalogue, history, tune, base }: SettingsPageProps): ReactNode {
  const { slug } = cluster;
  return (
    <>
      <PageHead
        answer={settingsAnswer(cluster)}
        sub="A scan reads and never writes. Old results stay until the new ones are whole."
        actions={<ScanNow cluster={slug} />}
      />
      <AppliedNote settings={settings} moment={catalogue.moment} base={base} />
      <div className="sec cols">
        <ScheduleSection cluster={cluster} />
        <ReadingSection cluster={cluster} base={base} />
      </div>
      <OptInSection cluster={slug} base={base} settings={settings} />
      <RulesSection cluster={slug} settings={settings} />
      <TuningSection
        cluster={slug}
        base={base}
        settings={settings}
        chosen={tune === null ? null : (toTunable(tune, catalogue.controls, settings) ?? tune)}
        choices={listTunable(catalogue.controls, settings.ownControls)}
      />
      <OwnControlsSection base={base} own={settings.ownControls} catalogue={catalogue.controls} />
      <ForgetSection cluster={slug} history={history} />
    </>
  );
}
