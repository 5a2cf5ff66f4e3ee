import type { ReactNode } from "react";
import type { ContainerSettings } from "@/lib/contracts/resources";
import { SeverityTag } from "../primitives/severity-tag";
import { StateTag } from "../primitives/state-tag";
import { PostureLink } from "../shell/posture-link";

/** What every container runs with, beside what should hold. */
export function SettingsMatrix({ settings, base }: { readonly settings: ContainerSettings; readonly base: string }): ReactNode {
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="Settings in effect">
      <table className="table matrix">
        <thead>
          <tr>
            <th scope="col">Setting in effect</th>
            {settings.containers.map((container) => (
              <th key={container.name} scope="col" className="mono">
                {container.name}
                {container.role === "container" ? null : <span className="muted"> {container.role}</span>}
              </th>
            ))}
            <th scope="col" className="hold">
              Should hold
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
                    <StateTag state={cell.isCovered ? "subsumed" : "pass"}>{cell.value}</StateTag>
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
    </div>
  );
}
