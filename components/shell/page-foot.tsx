"use client";
import { Fragment, type ReactNode, useEffect, useState } from "react";
import type { SnapshotStamp } from "@/lib/contracts/words";
import { formatInstant } from "@/lib/format/instant";
import { toCssText } from "@/lib/format/to-css-text";
import { showHidden } from "@/lib/format/show-hidden";
import { useTimeZone } from "../primitives/use-time-zone";
import { WholeIds } from "../primitives/whole-ids";
import { useClusterName } from "./cluster-name";
import { PostureLink } from "./posture-link";

/** A fact, one with the way to what it counts, or the snapshot that the page shows. */
export type FootPart = string | { readonly text: string; readonly href: string } | SnapshotStamp;

/** Cluster, time, snapshot, coverage and filter: under every page on screen, and in the margin of every sheet on paper. */
export function PageFoot({ parts: facts }: { readonly parts: readonly FootPart[] }): ReactNode {
  const zone = useTimeZone();
  // Only some browsers write in the margins of sheets; where they do, the last sheet would say it twice.
  const [isInMargin, setIsInMargin] = useState(false);
  useEffect(() => setIsInMargin("CSSMarginRule" in window), []);
  const parts = [useClusterName(), ...facts].map((part) => {
    if (typeof part === "string") return showHidden(part);
    return "takenAt" in part ? `snapshot ${part.seq} of ${formatInstant(new Date(part.takenAt), zone)}` : part;
  });
  const text = parts.map((part) => (typeof part === "string" ? part : part.text)).join(" · ");
  return (
    <footer className={isInMargin ? "foot no-print" : "foot"}>
      <style>{`@media print { @page { @bottom-left { content: ${toCssText(text)}; font: 9px sans-serif; width: 85%; } } }`}</style>
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index === 0 ? null : "\u00a0· "}
          {typeof part === "string" ? (
            <WholeIds text={part} />
          ) : (
            <PostureLink className="link" href={part.href}>
              {part.text}
            </PostureLink>
          )}
        </Fragment>
      ))}
    </footer>
  );
}
