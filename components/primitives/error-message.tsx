"use client";
import type { ReactNode } from "react";
import { formatInstant } from "@/lib/format/instant";
import { Button } from "./button";
import { CopyButton } from "./copy-button";
import { Message } from "./message";
import { useTimeZone } from "./use-time-zone";

interface FailedRequest {
  readonly requestId: string | null;
  readonly path: string;
  readonly status: number | null;
  /** ISO instant. */
  readonly failedAt: string;
}

interface ErrorMessageProps {
  /** "The findings could not be read" */
  readonly say: string;
  readonly children?: ReactNode;
  readonly request: FailedRequest;
  readonly onRetry: () => void;
}

/** What failed, with an id to quote, and a way on. */
export function ErrorMessage({ say, children, request, onRetry }: ErrorMessageProps): ReactNode {
  const zone = useTimeZone();
  const detail = [
    request.requestId === null ? null : `request ${request.requestId}`,
    `GET ${request.path}`,
    request.status,
    formatInstant(new Date(request.failedAt), zone),
  ]
    .filter((part) => part !== null)
    .join("  ");
  return (
    <Message
      kind="error"
      say={say}
      detail={detail}
      actions={
        <>
          <Button kind="solid" onClick={onRetry}>
            Try again
          </Button>
          <CopyButton text={detail}>Copy details</CopyButton>
        </>
      }
    >
      {children}
    </Message>
  );
}
