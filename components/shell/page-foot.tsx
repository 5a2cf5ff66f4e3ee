import type { ReactNode } from "react";
import { toCssText } from "@/lib/format/to-css-text";

/** Cluster, time, snapshot, coverage and filter: under every page on screen, and in the margin of every sheet on paper. */
export function PageFoot({ parts }: { readonly parts: readonly string[] }): ReactNode {
  const text = parts.join(" · ");
  return (
    <footer className="foot">
      <style>{`@media print { @page { @bottom-left { content: ${toCssText(text)}; font: 9px sans-serif; width: 85%; } } }`}</style>
      {text}
    </footer>
  );
}
