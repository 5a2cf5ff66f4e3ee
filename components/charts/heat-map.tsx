import clsx from "clsx";
import type { CSSProperties, ReactNode } from "react";
import { formatPoints } from "@/lib/format/numbers";
import { LAYER_WORDS, SEVERITY_WORDS } from "@/lib/format/words";
import { LAYERS, type Layer } from "@/lib/model/layer";
import type { Severity } from "@/lib/model/severity";
import { LayerTag } from "../primitives/layer-tag";
import { ObjectName } from "../primitives/object-name";
import { SeverityGlyph } from "../primitives/severity-glyph";
import { SideScroll } from "../primitives/side-scroll";
import { PostureLink } from "../shell/posture-link";
import { heatStep, heatTint } from "./heat-tint";
import { layerMark } from "./palette";

/** points = what it costs; none = nothing of this layer there; not-assessed = nothing of it could be assessed there. */
export type HeatCell =
  | { readonly kind: "points"; readonly points: number; readonly worst: Severity | null; readonly href?: string }
  | { readonly kind: "none" }
  | { readonly kind: "not-assessed" };

export interface HeatRow {
  readonly name: string;
  /** A word of ours ("Cluster-wide"), no name of the cluster's. */
  readonly isWord?: boolean;
  readonly href?: string;
  readonly cells: Readonly<Record<Layer, HeatCell>>;
}

interface HeatMapProps {
  /** Sorted by cost, "20 others" last. */
  readonly rows: readonly HeatRow[];
}

/** Where it is: a real table whose figures are always printed; the tint only helps to see. */
export function HeatMap({ rows }: HeatMapProps): ReactNode {
  return (
    <SideScroll>
      <table className="table heat">
        <caption className="sr">Points that each namespace costs in each layer</caption>
        <thead>
          <tr>
            <th scope="col">Namespace</th>
            {LAYERS.map((layer) => (
              <th key={layer} scope="col" className="num">
                <LayerTag layer={layer} />
              </th>
            ))}
            <th scope="col" className="num">
              Points
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">
                {row.href === undefined ? (
                  <span className="soft">{row.name}</span>
                ) : (
                  <PostureLink className={row.isWord === true ? undefined : "mono"} href={row.href}>
                    <ObjectName name={row.name} />
                  </PostureLink>
                )}
              </th>
              {LAYERS.map((layer) => (
                <Cell key={layer} layer={layer} cell={row.cells[layer]} row={row.name} />
              ))}
              <td className="num">{sumWords(LAYERS.map((layer) => row.cells[layer]))}</td>
            </tr>
          ))}
          <tr className="total">
            <th scope="row">All</th>
            {LAYERS.map((layer) => (
              <td key={layer} className="num">
                {sumWords(rows.map((row) => row.cells[layer]))}
              </td>
            ))}
            <td className="num">{sumWords(rows.flatMap((row) => LAYERS.map((layer) => row.cells[layer])))}</td>
          </tr>
        </tbody>
      </table>
    </SideScroll>
  );
}

/** Tint step from which a glyph needs a ground of its own. */
const CHIP_FROM = 3;

/** A cell that costs nothing is told from one that costs less than a figure shows. */
function costWords(points: number): string {
  if (points < 1e-9) return "0";
  return points < 0.05 ? "<0.1" : formatPoints(points);
}

/** What is known to be lost; where no cell was assessed, or none has anything to judge, no figure. */
function sumWords(cells: readonly HeatCell[]): string {
  const points = cells.flatMap((cell) => (cell.kind === "points" ? [cell.points] : []));
  if (points.length === 0) return "–";
  return formatPoints(points.reduce((sum, own) => sum + own, 0));
}

function Cell({ layer, cell, row }: { readonly layer: Layer; readonly cell: HeatCell; readonly row: string }): ReactNode {
  if (cell.kind === "none") return <td className="hc none">–</td>;
  if (cell.kind === "not-assessed")
    return (
      <td className="hc hatch">
        <span>not assessed</span>
      </td>
    );
  const step = heatStep(cell.points);
  const tint = heatTint(layerMark(layer), step);
  const loud = cell.worst === "critical" || cell.worst === "high" ? cell.worst : null;
  const content = (
    <>
      {/* A figure alone does not say where its link leads. */}
      <span className="sr">{`${row}, ${LAYER_WORDS[layer]}: `}</span>
      {loud === null ? null : (
        <>
          <SeverityGlyph severity={loud} />
          <span className="sr">{SEVERITY_WORDS[loud]}, </span>
        </>
      )}
      <span>{costWords(cell.points)}</span>
    </>
  );
  return (
    <td className={clsx("hc", step === 0 && "zero", step >= CHIP_FROM && "strong")} style={{ "--cell": tint, background: tint } as CSSProperties}>
      {cell.href === undefined ? content : <PostureLink href={cell.href}>{content}</PostureLink>}
    </td>
  );
}
