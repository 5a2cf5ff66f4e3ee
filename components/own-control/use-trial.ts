"use client";
import { useState } from "react";
import { apiFetch } from "@/lib/client/api-fetch";
import { clusterApiPath } from "@/lib/client/api-path";
import { problemOf } from "@/lib/client/problem-of";
import type { OwnControlDto, TestOwnControlResponse } from "@/lib/contracts/own-controls";

export interface Trial {
  readonly isTrying: boolean;
  /** What the last trial came to, and of which expression and subject. */
  readonly last: { readonly answer: TestOwnControlResponse | null; readonly problem: string | null; readonly of: string } | null;
  readonly run: (draft: OwnControlDto) => Promise<void>;
}

/** Tells whether a trial still speaks of what is written. */
export function trialKey({ subject, expression, message }: OwnControlDto): string {
  return JSON.stringify([subject, expression, message]);
}

/** What is not written yet does not matter to a trial. */
function toTried({ why: _why, ...draft }: OwnControlDto): OwnControlDto {
  return { ...draft, id: "draft", title: "Draft", fix: "Draft", message: draft.message.trim() === "" ? "The expression is false." : draft.message };
}

/** Tries a draft on the latest snapshot; nothing is kept. */
export function useTrial(cluster: string): Trial {
  const [isTrying, setIsTrying] = useState(false);
  const [last, setLast] = useState<Trial["last"]>(null);
  const run = async (draft: OwnControlDto): Promise<void> => {
    setIsTrying(true);
    const of = trialKey(draft);
    try {
      const answer = await apiFetch({
        path: `${clusterApiPath(cluster)}/own-control-tests`,
        method: "POST",
        body: toTried(draft),
        contract: async () => (await import("@/lib/contracts/own-controls")).testOwnControlResponse,
      });
      setLast({ answer, problem: answer.problem, of });
    } catch (error) {
      setLast({ answer: null, problem: problemOf(error), of });
    } finally {
      setIsTrying(false);
    }
  };
  return { isTrying, last, run };
}
