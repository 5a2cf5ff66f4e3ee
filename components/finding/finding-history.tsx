import type { ReactNode } from "react";
import type { FindingResponse } from "@/lib/contracts/findings";
import { historyTitle } from "@/lib/format/finding-titles";
import { type TimeZone, toZone } from "@/lib/format/instant";
import { HistoryStrip } from "../charts/history-strip";
import { Section } from "../primitives/section";
import { toHistory } from "./to-history";

/** When it failed, as a strip, and what happened, in sentences. */
export function FindingHistory({ finding, zone }: { readonly finding: FindingResponse; readonly zone: TimeZone }): ReactNode {
  const { moment, severity, story } = finding;
  if (moment.at === null) return null;
  const history = toHistory(finding, moment.at.takenAt, zone);
  const hasSilence = history.spans.some(({ state }) => state === "no-snapshot");
  return (
    <Section
      title={historyTitle(history.opened, history.fixed, finding.state, history.endedBy)}
      note={`Filled = failing, hatch = not assessed, ${hasSilence ? "ruled = no snapshot, " : ""}blank = absent or passing`}
    >
      <HistoryStrip
        spans={history.spans}
        fromAt={history.fromAt}
        toAt={moment.at.takenAt}
        severity={severity}
        summary={history.spans.map(({ label }) => label).join(", ") || "It never failed"}
      />
      {story.length === 0 ? null : <p className="prose story">{toZone(story.join(" "), zone)}</p>}
    </Section>
  );
}
