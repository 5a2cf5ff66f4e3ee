import type { ReactNode } from "react";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { showHidden } from "@/lib/format/show-hidden";
import { SeverityTag } from "../primitives/severity-tag";
import { StateTag } from "../primitives/state-tag";
import { SideScroll } from "../primitives/side-scroll";
import { PostureLink } from "../shell/posture-link";
import { PageTurns } from "../tables/page-turns";
import type { ContainerPage } from "./page-containers";

/** "1,900 more containers, 40 of them failing", and the way to them. */
function OtherContainers({ page, here }: { readonly page: ContainerPage; readonly here: string }): ReactNode {
  const { first, settings, total, more, previous, next } = page;
  if (more === null) return null;
  const last = first + settings.containers.length - 1;
  return (
    <>
      <p className="cap foot-note">
        {`Containers ${formatCount(first)} to ${formatCount(last)} of ${formatCount(total)}, those that fail first. ${formatNoun(more.count, "more container")}, ${more.failing === 0 ? "none" : formatCount(more.failing)} of them failing.`}
      </p>
      <PageTurns label="Pages of containers" page={first} target="[role=region]">
        {previous === null ? null : (
          <PostureLink className="ctl line" href={`${here}?containers=${previous}`} scroll={false}>
            Previous containers
          </PostureLink>
        )}
        {next === null ? null : (
          <PostureLink className="ctl line" href={`${here}?containers=${next}`} scroll={false}>
            Next containers
          </PostureLink>
        )}
      </PageTurns>
    </>
  );
}

interface SettingsMatrixProps {
  readonly page: ContainerPage;
  readonly base: string;
  readonly here: string;
  /** Nobody could look at it this time: nothing of it passes. */
  readonly isUnread: boolean;
}

function Matrix({ page: { settings }, base, isUnread }: Omit<SettingsMatrixProps, "here">): ReactNode {
  return (
    <SideScroll label="Effective settings">
      <table className="table matrix">
        <caption className="sr">Effective settings of each container</caption>
        <thead>
          <tr>
            <th scope="col">Effective setting</th>
            {settings.containers.map((container) => (
              <th key={container.name} scope="col" className="mono">
                {showHidden(container.name)}
                {container.role === "container" ? null : <span className="muted"> {container.role}</span>}
              </th>
            ))}
            <th scope="col" className="hold">
              Control
            </th>
          </tr>
        </thead>
        <tbody>
          {settings.rows.map((row) => (
            <tr key={row.setting}>
              <td className="mono">{row.setting}</td>
              {row.cells.map((cell, index) => (
                <td key={settings.containers[index]?.name ?? index} className={cell.severity === null ? undefined : "bad"}>
                  {cell.severity === null ? (
                    <StateTag state={cell.isCovered ? "subsumed" : cell.isTold && !isUnread ? "pass" : "unknown"}>{cell.value}</StateTag>
                  ) : (
                    <SeverityTag severity={cell.severity}>{cell.value}</SeverityTag>
                  )}
                </td>
              ))}
              <td className="soft hold">
                <PostureLink href={`${base}/controls/${row.control}`}>{row.shouldHold}</PostureLink>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </SideScroll>
  );
}

/** What the containers run with, beside what should hold. */
export function SettingsMatrix({ page, base, here, isUnread }: SettingsMatrixProps): ReactNode {
  return (
    <>
      <Matrix page={page} base={base} isUnread={isUnread} />
      <OtherContainers page={page} here={here} />
    </>
  );
}
