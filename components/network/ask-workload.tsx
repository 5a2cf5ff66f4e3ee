"use client";
import { type ReactNode, useId } from "react";
import type { NetworkWorkloadResponse } from "@/lib/contracts/network";
import { Button } from "../primitives/button";
import { SuggestField } from "../primitives/suggest-field";
import { useAsk } from "../shell/use-ask";
import { networkHref } from "./network-href";

interface AskWorkloadProps {
  readonly by: "workload" | "policy";
  readonly workload: string;
  /** Asked instead of a workload; left out = it cannot be asked. */
  readonly namespace?: string;
  readonly callers?: string;
  readonly choices: NetworkWorkloadResponse["choices"];
  readonly base: string;
}

/** Names a workload, or a namespace; asking goes to its address. */
export function AskWorkload({ by, workload, namespace, callers, choices, base }: AskWorkloadProps): ReactNode {
  const id = useId();
  const { isPending, key, onSubmit } = useAsk((given) => {
    // What was just typed counts: a namespace beside the workload of the page before would never be looked at.
    const isOther = given.namespace !== undefined && given.namespace.trim() !== "" && given.namespace !== (namespace ?? "");
    const asked = isOther ? { ...given, workload: "" } : given.workload?.trim() ? { ...given, namespace: "" } : given;
    return networkHref(base, { by, ...asked, callers });
  });
  return (
    <form key={key} className="ask" role="search" aria-label="Question" onSubmit={onSubmit}>
      <SuggestField
        id={`${id}w`}
        className="ask-subject"
        name="workload"
        label="Workload"
        value={workload}
        placeholder="payments/Deployment/api"
        choices={choices.workloads}
      />
      {namespace === undefined ? null : (
        <SuggestField id={`${id}n`} name="namespace" label="or a whole namespace" value={namespace} placeholder="payments" choices={choices.namespaces} />
      )}
      <Button type="submit" kind="solid" disabled={isPending}>
        {by === "policy" ? "Generate" : "Ask"}
      </Button>
    </form>
  );
}
