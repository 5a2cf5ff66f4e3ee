import { Fragment, type ReactNode } from "react";
import type { ResourceResponse } from "@/lib/contracts/resources";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { Instant } from "../primitives/instant";
import { Section } from "../primitives/section";
import { PostureLink } from "../shell/posture-link";
import { ColumnHeads } from "../tables/column-heads";

function Gone({ at, ...seen }: { readonly at: string; readonly now?: string }): ReactNode {
  return (
    <tr>
      <td>
        <Instant at={at} {...seen} />
      </td>
      <td className="num">–</td>
      <td>gone</td>
    </tr>
  );
}

/** When its manifest changed, and when there was none; each version is a link to the object as of then. */
export function ResourceVersions({ resource, here }: { readonly resource: ResourceResponse; readonly here: string }): ReactNode {
  const { versions, versionsTotal, moment, goneAt, firstSeenAt } = resource;
  const seen = moment.at ? { now: moment.at.takenAt } : {};
  const oldest = versions.at(-1);
  return (
    <Section
      title={
        versionsTotal === 0
          ? "No version is kept"
          : versionsTotal === 1
            ? "It did not change since it was first seen"
            : `${formatNoun(versionsTotal, "version")} since it was first seen`
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
          {versions.length === 0 && goneAt !== null ? <Gone at={goneAt} {...seen} /> : null}
          {versions.map((version, index) => (
            <Fragment key={version.fromSeq}>
              {version.goneAt === null ? null : <Gone at={version.goneAt} {...seen} />}
              <tr>
                <td>
                  <Instant at={version.takenAt} {...seen} />
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
            </Fragment>
          ))}
        </tbody>
      </table>
      {oldest === undefined || versionsTotal === versions.length ? null : (
        <p className="cap more">
          The newest {formatCount(versions.length)} are listed.{" "}
          <PostureLink className="link" href={`${here}?view=versions&at=${oldest.fromSeq}`}>
            Those up to snapshot {oldest.fromSeq}
          </PostureLink>
        </p>
      )}
    </Section>
  );
}
