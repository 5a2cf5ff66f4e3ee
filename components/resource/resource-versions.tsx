import type { ReactNode } from "react";
import type { ResourceResponse } from "@/lib/contracts/resources";
import { formatNoun } from "@/lib/format/numbers";
import { Instant } from "../primitives/instant";
import { Section } from "../primitives/section";
import { PostureLink } from "../shell/posture-link";
import { ColumnHeads } from "../tables/column-heads";

/** When its manifest changed; each version is a link to the object as of then. */
export function ResourceVersions({ resource, here }: { readonly resource: ResourceResponse; readonly here: string }): ReactNode {
  const { versions, moment, goneAt, firstSeenAt } = resource;
  const now = moment.at?.takenAt;
  return (
    <Section
      title={
        versions.length === 0
          ? "No version is kept"
          : versions.length === 1
            ? "It did not change since it was first seen"
            : `${formatNoun(versions.length, "version")} since it was first seen`
      }
      note={
        <>
          First seen <Instant at={firstSeenAt} kind="date" />
        </>
      }
    >
      <table className="table dense">
        <caption className="sr">Versions of the object</caption>
        <ColumnHeads columns={[["Since"], ["Snapshot", "num"], ["Look at it"]]} />
        <tbody>
          {goneAt === null ? null : (
            <tr>
              <td>
                <Instant at={goneAt} {...(now === undefined ? {} : { now })} />
              </td>
              <td className="num">–</td>
              <td>gone</td>
            </tr>
          )}
          {versions.map((version, index) => (
            <tr key={version.fromSeq}>
              <td>
                <Instant at={version.takenAt} {...(now === undefined ? {} : { now })} />
              </td>
              <td className="num">{version.fromSeq}</td>
              <td>
                <PostureLink className="link" href={`${here}?view=yaml&at=${version.fromSeq}`}>
                  YAML then
                </PostureLink>
                {" · "}
                <PostureLink className="link" href={`${here}?at=${version.fromSeq}`}>
                  Rings then
                </PostureLink>
                {index === 0 && goneAt === null ? <span className="muted"> · what it is at this moment</span> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
