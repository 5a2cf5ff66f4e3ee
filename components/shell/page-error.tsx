"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { type ReactNode, useState } from "react";
import { ErrorMessage } from "../primitives/error-message";
import { PageHead } from "../primitives/page-head";

interface PageErrorProps {
  /** "The findings could not be read" */
  readonly say: string;
  readonly error: Error & { readonly digest?: string };
  readonly onRetry: () => void;
}

/** A page that failed on the server: an id to find it in the log, and another try. */
export function PageError({ say, error, onRetry }: PageErrorProps): ReactNode {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const [failedAt] = useState(() => new Date().toISOString());
  return (
    <>
      <PageHead answer="This page could not be shown" />
      <ErrorMessage
        say={say}
        request={{ requestId: error.digest ?? null, path: search === "" ? pathname : `${pathname}?${search}`, status: 500, failedAt }}
        onRetry={onRetry}
      >
        Nothing is lost: the last complete snapshot stands. The server&rsquo;s log has the details under this id.
      </ErrorMessage>
    </>
  );
}
