import clsx from "clsx";
import type { ReactNode } from "react";
import type { SourcesResponse } from "@/lib/contracts/snapshots";
import { formatCount } from "@/lib/format/numbers";
import { Instant } from "../primitives/instant";
import { KIND_PARTS, Parted } from "../primitives/parted";
import { Pill } from "../primitives/pill";
import { StateTag } from "../primitives/state-tag";
import { SideScroll } from "../primitives/side-scroll";
import { PostureLink } from "../shell/posture-link";
import { CommonAction, findCommonAction } from "../posture/common-action";
import { ColumnHeads } from "../tables/column-heads";

type Kind = SourcesResponse["kinds"][number];

const WORDS: Readonly<Record<Kind["status"], string>> = {
  read: "read",
  forbidden: "forbidden",
  failed: "failed",
  timeout: "timed out",
  absent: "not served",
  "not-requested": "not switched on",
  "left-out": "not listed",
};

function Status({ kind }: { readonly kind: Kind }): ReactNode {
  if (kind.status === "read") return <StateTag state="pass">{WORDS.read}</StateTag>;
  if (kind.status === "absent" || kind.status === "not-requested" || kind.status === "left-out")
    return <StateTag state="not-applicable">{WORDS[kind.status]}</StateTag>;
  return <Pill kind="not-assessed">{WORDS[kind.status]}</Pill>;
}

/** Kinds, how reading each went, and what needs it. */
export function KindTable({ kinds, base }: { readonly kinds: readonly Kind[]; readonly base: string }): ReactNode {
  const hasReasons = kinds.some((kind) => kind.reason !== null);
  const common = findCommonAction(kinds);
  return (
    <>
      {common === null ? null : <CommonAction action={common} />}
      <SideScroll label="Kinds of resources">
        <table className={clsx("table sources", hasReasons && "rows")}>
          <caption className="sr">Kinds of resources, and how reading each went</caption>
          <ColumnHeads
            columns={[
              ["Kind"],
              ["Group", "only-desk"],
              ["Result"],
              ["Objects", "num"],
              ["Controls that need it", "num"],
              ...(hasReasons ? [[common === null ? "Reason and action" : "Reason"] as const] : []),
            ]}
          />
          <tbody>
            {kinds.map((kind) => (
              <tr key={`${kind.group}/${kind.resource}`}>
                <td>
                  {kind.listed > 0 ? (
                    <PostureLink className="row-t" href={`${base}/resources?kind=${encodeURIComponent(kind.kind)}`}>
                      <Parted text={kind.kind} at={KIND_PARTS} />
                    </PostureLink>
                  ) : (
                    <span className="row-t">
                      <Parted text={kind.kind} at={KIND_PARTS} />
                    </span>
                  )}
                  {kind.listed < kind.objects ? (
                    <span className="cap block">{kind.listed === 0 ? "not listed in Resources" : `${formatCount(kind.listed)} listed in Resources`}</span>
                  ) : null}
                </td>
                <td className="mono only-desk">
                  {kind.group === "" ? "core" : kind.group}
                  <span className="muted">{kind.version === "" ? "" : `/${kind.version}`}</span>
                </td>
                <td className="nowrap ph-right">
                  <Status kind={kind} />
                  {kind.since === null ? null : (
                    <span className="cap block">
                      since <Instant at={kind.since.takenAt} kind="date" />, snapshot {kind.since.seq}
                    </span>
                  )}
                </td>
                <td className="num" {...(hasReasons && { "data-label": "Objects" })}>
                  {kind.objects === 0 ? <span className="muted">0</span> : formatCount(kind.objects)}
                </td>
                <td className="num" {...(hasReasons && { "data-label": "Controls that need it" })}>
                  {kind.controls === 0 ? <span className="muted">0</span> : formatCount(kind.controls)}
                </td>
                {hasReasons ? (
                  <td className="reason">
                    {kind.reason}
                    {kind.action === null || common !== null ? null : <b className="gap-act">{kind.action}</b>}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </SideScroll>
    </>
  );
}
