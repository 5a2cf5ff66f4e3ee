"use client";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { clusterApiPath } from "@/lib/client/api-path";
import { useChange } from "@/lib/client/use-change";
import { Button } from "../primitives/button";
import { Section } from "../primitives/section";
import { TextInput } from "../primitives/written-fields";
import { SaveNote } from "./save-note";

interface ForgetSectionProps {
  readonly cluster: string;
  /** How much is remembered: "5 snapshots since 19 Oct 2026". */
  readonly history: string;
}

/** Takes the cluster away with its history, once its name was typed; the page says then that it is gone. */
export function ForgetSection({ cluster, history }: ForgetSectionProps): ReactNode {
  const id = useId();
  const [typed, setTyped] = useState("");
  const { isAsking, problem, ask } = useChange();
  const forget = (event: FormEvent): void => {
    event.preventDefault();
    void ask({ path: `${clusterApiPath(cluster)}?${new URLSearchParams({ confirm: typed.trim() })}`, method: "DELETE" });
  };
  return (
    <div id="forget">
      <Section title="Forget this cluster">
        <form className="forget" onSubmit={forget}>
          <p className="soft">
            {history}. All that is kept of the cluster goes, with every finding, setting and link, and cannot be brought back but from a backup. Nothing changes
            in the cluster itself; scanned again, it begins a new history at another address.
          </p>
          <div className="form-field">
            <label htmlFor={id}>
              Type <b className="mono">{cluster}</b> to confirm
            </label>
            <TextInput id={id} className="input" spellCheck={false} value={typed} onChange={setTyped} />
          </div>
          <div className="state acts">
            <Button type="submit" disabled={isAsking}>
              {isAsking ? "Forgetting…" : "Forget the cluster"}
            </Button>
            <SaveNote isSaved={false} problem={problem} />
          </div>
        </form>
      </Section>
    </div>
  );
}
