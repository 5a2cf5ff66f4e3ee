import type { ReactNode } from "react";
import type { FindingRow } from "@/lib/contracts/findings";
import { formatNoun } from "@/lib/format/numbers";
import { controlPath, resourcePath } from "@/lib/format/paths";
import { PostureLink } from "../shell/posture-link";
import { resourceWords } from "./resource-words";
import { ObjectName } from "../primitives/object-name";

interface GroupRowProps {
  readonly first: FindingRow;
  readonly view: "control" | "object";
  readonly count: number | null;
  readonly cluster: string;
  readonly span: number;
  readonly at: number;
  readonly measure: (element: HTMLTableRowElement | null) => void;
}

/** Head of the findings of one control, or of one object. */
export function GroupRow({ first, view, count, cluster, span, at, measure }: GroupRowProps): ReactNode {
  return (
    <tr ref={measure} data-index={at} className="group">
      <th scope="rowgroup" colSpan={span}>
        {view === "control" ? (
          <PostureLink className="link" href={controlPath(cluster, first.control)}>
            {first.title}
          </PostureLink>
        ) : (
          <>
            <PostureLink className="link mono" href={resourcePath(cluster, first.resource)}>
              <ObjectName name={first.resource.name} />
            </PostureLink>{" "}
            <span className="cap">{resourceWords(first.resource)}</span>
          </>
        )}
        {count === null ? null : <span className="cap"> {formatNoun(count, "finding")}</span>}
      </th>
    </tr>
  );
}
