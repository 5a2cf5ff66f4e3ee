"use client";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/format/numbers";
import { SEVERITIES } from "@/lib/model/severity";
import { SeverityTag } from "../primitives/severity-tag";
import type { OpenPoint } from "./open-series";
import { SnapshotTip, type TipPlace } from "./snapshot-tip";

/** Open findings per severity. */
export function OpenTip({ point, ...place }: TipPlace & { readonly point: OpenPoint }): ReactNode {
  const { at, seq, counts } = point;
  return (
    <SnapshotTip at={at} seq={seq} {...place}>
      {counts === null ? (
        <div>Not assessed</div>
      ) : (
        SEVERITIES.filter((s) => counts[s] > 0).map((s) => (
          <div key={s} style={{ display: "flex", justifyContent: "space-between", gap: 16 }}>
            <SeverityTag severity={s} />
            <span>{formatCount(counts[s])}</span>
          </div>
        ))
      )}
    </SnapshotTip>
  );
}
