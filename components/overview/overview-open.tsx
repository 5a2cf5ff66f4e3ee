import type { ReactNode } from "react";
import type { OverviewResponse } from "@/lib/contracts/overview";
import { ageTitle } from "@/lib/format/chart-titles";
import { formatInstant, type TimeZone } from "@/lib/format/instant";
import { openTitle } from "@/lib/format/posture-titles";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { SEVERITY_WORDS } from "@/lib/format/words";
import { countAll, SEVERITIES } from "@/lib/model/severity";
import { AgeHistogram } from "../charts/age-histogram";
import { ChartFrame } from "../charts/chart-frame";
import { endWords } from "../charts/end-words";
import { OpenFindings } from "../charts/open-findings";
import { silentSentence, withSilence } from "../charts/silent-words";
import { TimeToFix } from "../charts/time-to-fix";
import { AGE_WORDS } from "../findings/facet-words";
import { isWhole } from "../posture/to-reading";
import { toFlowBins } from "./flow-bins";

type Counts = OverviewResponse["open"];

const OLD = new Set(["91-180", "over-180"]);

/** No finding is open, came or went: axes without anything on them say less than a sentence. */
const isQuiet = (point: OverviewResponse["stack"][number]): boolean => (point.open === null || countAll(point.open) === 0) && point.opened + point.closed === 0;
/** "1 critical, 20 high" or "none" */
const severityCounts = (counts: Counts): string =>
  SEVERITIES.filter((severity) => counts[severity] > 0)
    .map((severity) => `${formatCount(counts[severity])} ${severity}`)
    .join(", ") || "none";
const standing = (counts: Counts) => ({ total: countAll(counts), critical: counts.critical });

/** What is open over time, and how long it stays. */
export function OverviewOpen({ overview, base, zone }: { readonly overview: OverviewResponse; readonly base: string; readonly zone: TimeZone }): ReactNode {
  const { open, openBefore, platformOpen, stack, silent, ages, timeToFix } = overview;
  const over90 = ages.filter(({ bin }) => OLD.has(bin)).reduce((sum, entry) => sum + countAll(entry.open), 0);
  const missed = timeToFix.filter(({ medianDays, targetDays }) => medianDays !== null && medianDays > targetDays).map(({ severity }) => severity);
  const isMeasured = timeToFix.some(({ medianDays }) => medianDays !== null);
  // Of what is open and was never fixed nobody knows whether it will be in time.
  const isUntimed = timeToFix.some(({ severity, medianDays, targetDays }) => medianDays === null && targetDays !== null && open[severity] > 0);
  const isAllAssessed = isWhole(overview.layers);
  const severityColumns = SEVERITIES.map((severity) => ({ label: SEVERITY_WORDS[severity], numeric: true }));
  return (
    <div className="sec cols">
      <ChartFrame
        className="c7"
        instead={
          stack.every(isQuiet)
            ? { kind: isAllAssessed ? "empty" : "not-assessed", say: `Nothing is known to have been open in ${formatNoun(stack.length, "snapshot")}` }
            : null
        }
        title={openTitle(standing(open), openBefore ? standing(openBefore) : null, isAllAssessed)}
        note={platformOpen > 0 ? `Of workloads; ${formatCount(platformOpen)} more on the platform` : "Of workloads"}
        summary={`Open findings over ${formatNoun(stack.length, "snapshot")}: ${endWords(SEVERITIES.map((severity) => ({ name: severity, values: stack.map((point) => (point.open === null ? null : formatCount(point.open[severity]))) })))}.${silentSentence(silent, zone)}`}
        table={{
          columns: [{ label: "Snapshot" }, ...severityColumns, { label: "Opened", numeric: true }, { label: "Closed", numeric: true }],
          rows: withSilence(
            stack.map(({ seq, takenAt, open: counts, opened, closed }) => ({
              seq,
              href: `${base}?at=${seq}`,
              cells: [
                `${seq}, ${formatInstant(new Date(takenAt), zone)}`,
                ...SEVERITIES.map((severity) => (counts === null ? "not assessed" : formatCount(counts[severity]))),
                formatCount(opened),
                formatCount(closed),
              ],
            })),
            silent,
            zone,
          ),
        }}
      >
        <OpenFindings points={stack.map(({ seq, takenAt, open: counts }) => ({ seq, at: takenAt, counts }))} silent={silent} flow={toFlowBins(stack, silent)} />
      </ChartFrame>
      <ChartFrame
        className="c5"
        instead={countAll(open) > 0 || isMeasured ? null : { kind: isAllAssessed ? "empty" : "not-assessed", say: "No finding has an age to show" }}
        title={ageTitle({ total: countAll(open), over90 }, missed, { measured: !isMeasured ? "none" : isUntimed ? "some" : "all", isWhole: isAllAssessed })}
        note={countAll(open) > 0 ? "Worst first" : undefined}
        summary={`Open findings by age and severity: ${ages.map(({ bin, open: counts }) => `${AGE_WORDS[bin]} ${severityCounts(counts)}`).join("; ")}.`}
        below={<TimeToFix times={timeToFix} />}
        table={{
          columns: [{ label: "Age" }, ...severityColumns],
          rows: ages.map((entry) => ({ cells: [AGE_WORDS[entry.bin], ...SEVERITIES.map((severity) => String(entry.open[severity]))] })),
        }}
      >
        <AgeHistogram bins={ages.map(({ bin, open: counts }) => ({ label: AGE_WORDS[bin], counts }))} />
      </ChartFrame>
    </div>
  );
}
