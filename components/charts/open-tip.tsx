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
  const open = counts === null ? [] : SEVERITIES.map((severity) => ({ severity, count: counts[severity] })).filter(({ count }) => count > 0);
  return (
    <SnapshotTip at={at} seq={seq} {...place}>
      {open.length === 0 ? <div>{counts === null ? "Not assessed" : "Nothing is known to be open"}</div> : null}
      {open.map(({ severity, count }) => (
        <div key={severity} style={{ display: "flex", justifyContent: "space-between", gap: 16 }}>
          <SeverityTag severity={severity} />
          <span>{formatCount(count)}</span>
        </div>
      ))}
      {open.length < 2 ? null : (
        <div style={{ display: "flex", justifyContent: "space-between", gap: 16 }}>
          <span>All</span>
          <b>{formatCount(open.reduce((sum, { count }) => sum + count, 0))}</b>
        </div>
      )}
    </SnapshotTip>
  );
}
