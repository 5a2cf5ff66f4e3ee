import type { ReactNode } from "react";
import type { PodSecurityBlocker } from "@/lib/contracts/pod-security";
import { findingPath, resourcePath } from "@/lib/format/paths";
import { showHidden } from "@/lib/format/show-hidden";
import { Parted, PATH_PARTS } from "../primitives/parted";
import { Pill } from "../primitives/pill";
import { PostureLink } from "../shell/posture-link";
import { ObjectName } from "../primitives/object-name";
import { ColumnHeads } from "../tables/column-heads";

function FieldLine({ field }: { readonly field: PodSecurityBlocker["fields"][number] }): ReactNode {
  return (
    <li>
      <span className="check-says">
        {showHidden(field.message)}
        {field.isRuntimeOnly ? <span className="cap">{" in running pods only: something adds it at admission"}</span> : null}
      </span>
      {field.path === "" ? null : (
        <span className="mono field">
          <Parted text={field.path} at={PATH_PARTS} />
          <span className="soft">{field.value === null ? " is not set" : showHidden(`: ${field.value}`)}</span>
        </span>
      )}
    </li>
  );
}

function BlockerRow({ blocker, cluster }: { readonly blocker: PodSecurityBlocker; readonly cluster: string }): ReactNode {
  const { resource, state, reason, fields, finding } = blocker;
  return (
    <tr>
      <td>
        <PostureLink className="link mono" href={resourcePath(cluster, resource)}>
          <ObjectName name={resource.name} />
        </PostureLink>
        <span className="cap block">{resource.kind}</span>
        {state === "waived" ? <Pill>under an exception</Pill> : null}
        {state === "undecided" ? <Pill kind="not-assessed">not assessed</Pill> : null}
      </td>
      <td>
        {state === "undecided" && reason !== null ? <p className="cap">{reason}</p> : null}
        <ul className="fields">
          {fields.map((field, index) => (
            <FieldLine key={index} field={field} />
          ))}
        </ul>
      </td>
      <td>
        <PostureLink className="link" href={findingPath(cluster, finding)}>
          {state === "undecided" ? "Finding" : "Finding and patch"}
        </PostureLink>
      </td>
    </tr>
  );
}

/** Each workload that a level would refuse, with every field that it would refuse it for. */
export function BlockerTable({
  caption,
  blockers,
  cluster,
}: {
  readonly caption: string;
  readonly blockers: readonly PodSecurityBlocker[];
  readonly cluster: string;
}): ReactNode {
  return (
    <table className="table rows even blockers">
      <caption className="sr">{caption}</caption>
      <ColumnHeads columns={[["Workload", "w-workload"], ["Why the level refuses it, and the field"], ["Finding", "w-finding"]]} />
      <tbody>
        {blockers.map((blocker) => (
          <BlockerRow key={blocker.finding} blocker={blocker} cluster={cluster} />
        ))}
      </tbody>
    </table>
  );
}
