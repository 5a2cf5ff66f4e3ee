import type { ReactNode } from "react";
import type { ListControlsResponse } from "@/lib/contracts/controls";
import type { OwnControlDto } from "@/lib/contracts/own-controls";
import { ownControlsTitle } from "@/lib/format/tuning-words";
import { LayerTag } from "../primitives/layer-tag";
import { Section } from "../primitives/section";
import { SeverityTag } from "../primitives/severity-tag";
import { PostureLink } from "../shell/posture-link";
import { ShareBar } from "../tables/share-bar";
import { ColumnHeads } from "../tables/column-heads";

interface OwnControlsSectionProps {
  readonly base: string;
  readonly own: readonly OwnControlDto[];
  readonly catalogue: ListControlsResponse["controls"];
}

type Row = ListControlsResponse["controls"][number];

function Result({ row }: { readonly row: Row | undefined }): ReactNode {
  const counts = row?.counts;
  if (row?.tuning.own === null) return <span className="muted">not judged: its id is a built-in control’s now</span>;
  if (row?.tuning.disabled != null) return <span className="muted">off</span>;
  if (!counts) return <span className="muted">judged by the next scan</span>;
  if (counts.n === 0) return <span className="muted">{counts.unknown === 0 ? "not applicable" : "not assessed"}</span>;
  return <ShareBar part={counts.failing} whole={counts.n} />;
}

/** Controls that this cluster's people wrote. */
export function OwnControlsSection({ base, own, catalogue }: OwnControlsSectionProps): ReactNode {
  const rows = new Map([...catalogue.flatMap((row) => row.aliases.map((alias) => [alias, row] as const)), ...catalogue.map((row) => [row.id, row] as const)]);
  return (
    <div id="own-controls">
      <Section
        title={ownControlsTitle(own.length)}
        note={
          <PostureLink className="link" href={`${base}/settings/own-controls`}>
            Write a control
          </PostureLink>
        }
      >
        {own.length === 0 ? (
          <p className="soft own-none">
            A control of your own is one expression in CEL, the language of Kubernetes admission policies. It is judged, scored, remembered and linked like a
            built-in one.
          </p>
        ) : (
          <table className="table rows even own">
            <caption className="sr">Own controls of this cluster</caption>
            <ColumnHeads columns={[["Severity", "w-sev"], ["Control"], ["Layer", "w-layer"], ["Checks each", "w-asks"], ["Failing of assessed", "w-share"]]} />
            <tbody>
              {own.map((spec) => (
                <tr key={spec.id}>
                  <td>
                    <SeverityTag severity={spec.severity} />
                  </td>
                  <td>
                    <PostureLink className="row-a" href={`${base}/settings/own-controls/${spec.id}`}>
                      {spec.title}
                      <span className="mono clip">{spec.id}</span>
                    </PostureLink>
                  </td>
                  <td className="ph-hide">
                    <LayerTag layer={spec.layer} />
                  </td>
                  <td className="ph-hide">{spec.subject}</td>
                  <td>
                    <Result row={rows.get(spec.id)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Section>
    </div>
  );
}
