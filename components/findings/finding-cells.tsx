import type { ReactNode } from "react";
import type { FindingColumn } from "@/lib/client/findings-search";
import type { FindingRow } from "@/lib/contracts/findings";
import { formatDays } from "@/lib/format/relative-time";
import { showHidden } from "@/lib/format/show-hidden";
import { LAYER_WORDS } from "@/lib/format/words";
import { Instant } from "../primitives/instant";
import { LayerGlyph } from "../primitives/layer-glyph";
import { KIND_PARTS, Parted } from "../primitives/parted";
import { Points } from "../primitives/points";
import { SeverityTag } from "../primitives/severity-tag";
import { StateTag } from "../primitives/state-tag";
import { DAY_MS } from "@/lib/model/day-ms";
import { resourceWords } from "./resource-words";
import { ObjectName } from "../primitives/object-name";

/** A state other than open is said in place of the severity, which then is only a possibility. What is closed keeps the one that it had. */
function Severity({ row }: { readonly row: FindingRow }): ReactNode {
  if (row.state === "open" && row.isOpen) return <SeverityTag severity={row.severity} />;
  if (row.state === "open")
    return (
      <>
        <SeverityTag severity={row.severity} /> <span className="cap closed">closed</span>
      </>
    );
  return <StateTag state={row.state} />;
}

/** What one column shows of a finding. */
export function FindingCell({ column, row }: { readonly column: FindingColumn; readonly row: FindingRow }): ReactNode {
  switch (column) {
    case "severity":
      return <Severity row={row} />;
    case "layer":
      return (
        <span title={LAYER_WORDS[row.layer]}>
          <LayerGlyph layer={row.layer} />
          <span className="sr">{LAYER_WORDS[row.layer]}</span>
        </span>
      );
    case "object":
      return (
        <>
          <span className="mono two obj">
            <ObjectName name={row.resource.name} />
          </span>
          <span className="cap two">
            <Parted text={showHidden(resourceWords(row.resource))} at={KIND_PARTS} />
          </span>
        </>
      );
    case "points":
      return <Points points={row.points} isBracketed={row.isPointsBracketed} />;
    case "age":
      return formatDays(row.ageDays * DAY_MS);
    case "control":
      return (
        <span className="mono two">
          <Parted text={row.control} />
        </span>
      );
    case "opened":
      return <Instant at={row.openedAt} kind="date" />;
  }
}
