"use client";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { apiCall, type ApiRequest } from "./api-call";
import type { ErrorCode } from "../errors/app-error";
import { problemOf } from "./problem-of";
import { RequestError } from "./request-error";

/** Why it was not made; null = it was. */
type Refusal = ErrorCode | null;

interface Change {
  readonly isAsking: boolean;
  /** What stood in the way of the last change, in one sentence. */
  readonly problem: string | null;
  /** Asks for a change and shows the page anew. */
  readonly ask: (request: ApiRequest) => Promise<Refusal>;
}

/** One change at a time through the API. `isWritten` = of something that somebody wrote on the page. */
export function useChange({ isWritten = false }: { readonly isWritten?: boolean } = {}): Change {
  const router = useRouter();
  const [isAsking, setIsAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const ask = useCallback(
    async (request: ApiRequest): Promise<Refusal> => {
      setIsAsking(true);
      setProblem(null);
      try {
        await apiCall(request);
        router.refresh();
        return null;
      } catch (error) {
        setProblem(problemOf(error));
        // A page that cannot be had anew is left for the browser's own, and with it what was written.
        const isAnswered = error instanceof RequestError && error.status !== null;
        // Nor is one of what somebody else deleted meanwhile: it can be copied from here, and nowhere else.
        if (isAnswered && !(isWritten && error.code === "not-found")) router.refresh();
        return error instanceof RequestError ? error.code : "internal";
      } finally {
        setIsAsking(false);
      }
    },
    [router, isWritten],
  );
  return { isAsking, problem, ask };
}
