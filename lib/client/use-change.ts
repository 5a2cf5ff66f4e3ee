"use client";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { apiCall, type ApiRequest } from "./api-call";
import { problemOf } from "./problem-of";

interface Change {
  readonly isAsking: boolean;
  /** What stood in the way of the last change, in one sentence. */
  readonly problem: string | null;
  /** Asks for a change and shows the page anew. True when it was made. */
  readonly ask: (request: ApiRequest) => Promise<boolean>;
}

/** One change at a time through the API. */
export function useChange(): Change {
  const router = useRouter();
  const [isAsking, setIsAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const ask = useCallback(
    async (request: ApiRequest): Promise<boolean> => {
      setIsAsking(true);
      setProblem(null);
      try {
        await apiCall(request);
        return true;
      } catch (error) {
        setProblem(problemOf(error));
        return false;
      } finally {
        setIsAsking(false);
        router.refresh();
      }
    },
    [router],
  );
  return { isAsking, problem, ask };
}
