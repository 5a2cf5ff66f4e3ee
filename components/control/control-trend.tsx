import type { ReactNode } from "react";
import type { ControlResponse } from "@/lib/contracts/controls";
import { formatDay, formatInstant, type TimeZone } from "@/lib/format/instant";
import { formatPercent } from "@/lib/format/numbers";
import { ChartFrame } from "../charts/chart-frame";
import { endWords } from "../charts/end-words";
import { silentSentence, withSilence } from "../charts/silent-words";
import { ShareTrend } from "./share-trend";
import { toShareSteps } from "./to-share-steps";

type Steps = ReturnType<typeof toShareSteps>;

function isUnjudged(steps: Steps): boolean {
  return steps.every(({ share }) => share === null);
}

function titleOf(steps: Steps, zone: TimeZone): string {
  const [first = null, last = null] = [steps[0]?.share, steps.at(-1)?.share];
  if (isUnjudged(steps)) return "Nothing was ever judged";
  if (first === null || last === null) return "Nothing was judged for part of the period";
  if (steps[0]?.fromMs === steps.at(-1)?.toMs) return `${formatPercent(last)} fail`;
  const start = `on ${formatDay(new Date(steps[0]?.fromMs ?? 0), zone)}`;
  if (formatPercent(first) === formatPercent(last)) return `${formatPercent(last)} fail, as ${start}`;
  return `${formatPercent(last)} fail, ${last < first ? "down" : "up"} from ${formatPercent(first)} ${start}`;
}

/** Share of its subjects of workload scope that fail, over all that is remembered; none of a control that has subjects on the platform alone. */
export function ControlTrend({ answer, zone }: { readonly answer: ControlResponse; readonly zone: TimeZone }): ReactNode {
  const { history, silent, platform, moment, control } = answer;
  const steps = toShareSteps(history, moment.at?.takenAt ?? "", silent);
  if (steps.length === 0 || !moment.at || (platform.n > 0 && isUnjudged(steps))) return null;
  return (
    <ChartFrame
      ruled
      title={titleOf(steps, zone)}
      note={`Failing share of what was judged; hatch = nothing judged${silent.length === 0 ? "" : ", ruled = no snapshot"}`}
      summary={`${endWords([{ name: "Failing share of what was judged", values: steps.map(({ share }) => (share === null ? null : formatPercent(share))) }])}.${silentSentence(silent, zone)}`}
      table={{
        columns: [{ label: "Since" }, { label: "Judged", numeric: true }, { label: "Failing", numeric: true }, { label: "Not assessed", numeric: true }],
        rows: withSilence(
          history.map(({ seq, takenAt, n, failing, unknown }) => ({
            seq,
            cells: [`${seq}, ${formatInstant(new Date(takenAt), zone)}`, String(n), String(failing), String(unknown)],
          })),
          silent,
          zone,
        ),
      }}
    >
      <ShareTrend steps={steps} silent={silent} layer={control.layer} />
    </ChartFrame>
  );
}
