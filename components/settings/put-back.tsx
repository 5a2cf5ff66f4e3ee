"use client";
import type { ReactNode } from "react";
import { settingsPath } from "@/lib/client/read-settings";
import { useChange } from "@/lib/client/use-change";
import type { TunedControl } from "@/lib/contracts/settings";
import { Button } from "../primitives/button";
import { SaveNote } from "./save-note";

/** From the next scan on, the control is judged again, at its own severity. */
export function PutBack({ cluster, control }: { readonly cluster: string; readonly control: TunedControl }): ReactNode {
  const { id, disabled, reweighted } = control;
  const { isAsking, problem, ask } = useChange();
  const putBack = (): void =>
    void ask({
      path: settingsPath(cluster),
      method: "PATCH",
      body: {
        disabledControls: { [id]: null },
        reweightedControls: { [id]: null },
        was: { disabledControls: { [id]: disabled }, reweightedControls: { [id]: reweighted } },
      },
    });
  return (
    <>
      <Button disabled={isAsking} onClick={putBack}>
        Put back<span className="sr"> {id}</span>
      </Button>
      <SaveNote isSaved={false} problem={problem} />
    </>
  );
}
