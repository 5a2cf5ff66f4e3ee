"use client";
import type { ReactNode } from "react";
import { Button } from "./button";
import { useCopied } from "./use-copied";

interface CopyButtonProps {
  readonly text: string;
  readonly children: ReactNode;
  readonly kind?: "line" | "solid" | "quiet" | "link";
}

/** Copies `text` and says so, on screen and to a screen reader. `link` looks like a link in a line of text. */
export function CopyButton({ text, children, kind = "line" }: CopyButtonProps): ReactNode {
  const { copied, copy } = useCopied();
  const label = <span aria-live="polite">{copied ? "Copied" : children}</span>;
  if (kind === "link")
    return (
      <button type="button" className="asText link" onClick={() => copy(text)}>
        {label}
      </button>
    );
  return (
    <Button kind={kind} onClick={() => copy(text)}>
      {label}
    </Button>
  );
}
