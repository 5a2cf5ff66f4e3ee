"use client";
import { type ReactNode, useState } from "react";
import { useChange } from "@/lib/client/use-change";
import { Button } from "../primitives/button";
import { SaveNote } from "../settings/save-note";

/** Asks twice. What the control found stays in the snapshots that it was judged in. */
export function DeleteControl({ path, onDeleted }: { readonly path: string; readonly onDeleted: () => void }): ReactNode {
  const [isSure, setIsSure] = useState(false);
  const { isAsking, problem, ask } = useChange();
  const remove = async (): Promise<void> => {
    if ((await ask({ path, method: "DELETE" })) === null) onDeleted();
  };
  if (!isSure) return <Button onClick={() => setIsSure(true)}>Delete</Button>;
  return (
    <span className="sure" role="group" aria-label="Delete this control?">
      <span>The next scan does not judge it any more; what it found before is remembered.</span>
      <Button autoFocus disabled={isAsking} onClick={() => void remove()}>
        Yes, delete it
      </Button>
      <Button onClick={() => setIsSure(false)}>Keep it</Button>
      <SaveNote isSaved={false} problem={problem} />
    </span>
  );
}
