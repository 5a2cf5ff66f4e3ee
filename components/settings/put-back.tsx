"use client";
import type { ReactNode } from "react";
import { useChange } from "@/lib/client/use-change";
import { Button } from "../primitives/button";
import { SaveNote } from "./save-note";

/** From the next scan on, the control is judged again, at its own severity. */
export function PutBack({ cluster, control }: { readonly cluster: string; readonly control: string }): ReactNode {
  const { isAsking, problem, ask } = useChange();
  const putBack = (): void =>
    void ask({
      path: `/api/v1/clusters/${encodeURIComponent(cluster)}/settings`,
      method: "PATCH",
      body: { disabledControls: { [control]: null }, reweightedControls: { [control]: null } },
    });
  return (
    <>
      <Button disabled={isAsking} onClick={putBack}>
        Put back<span className="sr"> {control}</span>
      </Button>
      <SaveNote isSaved={false} problem={problem} />
    </>
  );
}
