"use client";
import { Fragment, type ReactNode } from "react";
import { toCssText } from "@/lib/format/to-css-text";
import { showHidden } from "@/lib/format/show-hidden";
import { WholeIds } from "../primitives/whole-ids";
import { useClusterName } from "./cluster-name";
import { PostureLink } from "./posture-link";

/** A fact, or one with the way to what it counts. */
export type FootPart = string | { readonly text: string; readonly href: string };

/** Cluster, time, snapshot, coverage and filter: under every page on screen, and in the margin of every sheet on paper. */
export function PageFoot({ parts: facts }: { readonly parts: readonly FootPart[] }): ReactNode {
  const parts = [useClusterName(), ...facts].map((part) => (typeof part === "string" ? showHidden(part) : part));
  const text = parts.map((part) => (typeof part === "string" ? part : part.text)).join(" · ");
  return (
    <footer className="foot">
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
