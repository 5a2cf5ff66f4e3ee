import type { ReactNode } from "react";
import type { CompareRow } from "@/lib/contracts/snapshots";
import { objectWords } from "@/lib/format/paths";
import { STATE_WORDS } from "@/lib/format/words";
import { ReadLine } from "../posture/read-line";
import { StalePill } from "../posture/stale-pill";
import { Pill } from "../primitives/pill";
import { SeverityTag } from "../primitives/severity-tag";
import { toEntries } from "../primitives/entries";
import { PostureLink } from "../shell/posture-link";

type End = CompareRow["before"];

const END_WORDS: Readonly<Record<Exclude<End["state"], "open" | "unknown">, string>> = {
  waived: STATE_WORDS.waived,
  manual: STATE_WORDS.manual,
  clear: "No failure",
  covered: "No finding of its own",
  untold: "No finding of its own",
  absent: "No such object",
  "not-judged": "Not judged",
};

function EndCell({ end, showsSeverity }: { readonly end: End; readonly showsSeverity: boolean }): ReactNode {
  const { state, severity, read, isStale, staleReason } = end;
  return (
    <div className="end">
      {showsSeverity && severity !== null ? <SeverityTag severity={severity} /> : null}
      {state === "unknown" ? (
        <Pill kind="not-assessed" {...(read === null ? {} : { title: read })}>
          not assessed
        </Pill>
      ) : state === "open" || ((state === "clear" || state === "untold") && read !== null) ? (
        <ReadLine read={read ?? ""} isShort words={toEntries} />
      ) : (
        <span className="muted">{END_WORDS[state]}</span>
      )}
      {isStale ? <StalePill reason={staleReason} /> : null}
    </div>
  );
}

/** The two moments, with their days, over the columns of what was and what is. */
export type Ends = readonly (readonly [end: "before" | "after", day: string])[];

interface ChangeLinesProps {
  readonly rows: readonly CompareRow[];
  readonly base: string;
  readonly ends: Ends;
}

/** Findings that changed, each with what was read at either moment. */
export function ChangeLines({ rows, base, ends }: ChangeLinesProps): ReactNode {
  return rows.map((row) => (
    <tr key={row.id}>
      <td>
        <SeverityTag severity={row.severity} />
      </td>
      <td>
        <PostureLink className="row-a" href={`${base}/findings/${row.id}`}>
          <span className="block clip">{row.title}</span>
        </PostureLink>
        <span className="on">
          <span className="mono">{objectWords(row.resource).name}</span> <span className="cap">{row.resource.kind}</span>
        </span>
      </td>
      {ends.map(([end, day]) => (
        <td key={end}>
          <span className="cap only-phone">{day}</span>
          <EndCell end={row[end]} showsSeverity={row.change === "worsened"} />
        </td>
      ))}
    </tr>
  ));
}
