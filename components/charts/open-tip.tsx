"use client";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/format/numbers";
import { SEVERITIES } from "@/lib/model/severity";
import { SeverityTag } from "../primitives/severity-tag";
import type { OpenPoint } from "./open-series";
import { SnapshotTip, type TipPlace } from "./snapshot-tip";

function TipLine({ name, value }: { readonly name: ReactNode; readonly value: ReactNode }): ReactNode {
  return (
    <div style={{ display: "flex", justifyContent: "space-between", gap: 16 }}>
      {name}
      {value}
    </div>
  );
}

/** Open findings per severity. */
export function OpenTip({ point, ...place }: TipPlace & { readonly point: OpenPoint }): ReactNode {
  const { at, seq, counts } = point;
  const open = counts === null ? [] : SEVERITIES.map((severity) => ({ severity, count: counts[severity] })).filter(({ count }) => count > 0);
  return (
    <SnapshotTip at={at} seq={seq} {...place}>
      {open.length === 0 ? <div>{counts === null ? "Not assessed" : "Nothing is known to be open"}</div> : null}
      {open.map(({ severity, count }) => (
        <TipLine key={severity} name={<SeverityTag severity={severity} />} value={<span>{formatCount(count)}</span>} />
      ))}
      {open.length < 2 ? null : <TipLine name={<span>All</span>} value={<b>{formatCount(open.reduce((sum, { count }) => sum + count, 0))}</b>} />}
    </SnapshotTip>
  );
}
