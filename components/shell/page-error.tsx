"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "../primitives/button";
import { CopyButton } from "../primitives/copy-button";
import { ErrorMessage } from "../primitives/error-message";
import { isUnloaded, WHY_UNLOADED } from "../primitives/is-unloaded";
import { Message } from "../primitives/message";
import { PageHead } from "../primitives/page-head";

interface PageErrorProps {
  /** "The findings could not be read" */
  readonly say: string;
  readonly error: Error & { readonly digest?: string };
  /** Asks the server again: drawing once more what it answered would show the same failure, whatever it can do by now. */
  readonly onRetry: () => void;
}

/** What failed in the browser the server knows nothing of; what could not be loaded once never is, unless the page is loaded again. */
function BrowserError({ error }: Pick<PageErrorProps, "error">): ReactNode {
  const isMissing = isUnloaded(error);
  return (
    <Message
      kind="error"
      say={isMissing ? "A part of this page could not be loaded" : "The page failed in this browser"}
      detail={error.message}
      actions={
        <>
          <Button kind="solid" onClick={() => location.reload()}>
            Load the page again
          </Button>
          <CopyButton text={error.message}>Copy details</CopyButton>
        </>
      }
    >
      {isMissing ? `${WHY_UNLOADED} ` : null}Nothing is lost: the last complete snapshot stands.
    </Message>
  );
}

/** A page that failed: on the server with an id to find it in the log, and another try. */
export function PageError({ say, error, onRetry }: PageErrorProps): ReactNode {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const [failedAt] = useState(() => new Date().toISOString());
  return (
    <>
      <PageHead answer="This page could not be shown" />
      {error.digest === undefined ? (
        <BrowserError error={error} />
      ) : (
        <ErrorMessage
          say={say}
          request={{ requestId: error.digest, path: search === "" ? pathname : `${pathname}?${search}`, status: 500, failedAt }}
          onRetry={onRetry}
        >
          Nothing is lost: the last complete snapshot stands. The server&rsquo;s log has the details under this id.
        </ErrorMessage>
      )}
    </>
  );
}
