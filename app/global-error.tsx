"use client";
import type { ReactNode } from "react";
import { Button } from "@/components/primitives/button";
import { Message } from "@/components/primitives/message";
import "./globals.css";

interface Props {
  readonly error: Error & { readonly digest?: string };
}

/** The frame itself failed, so this brings its own document, and needs nothing of the router. */
export default function Failed({ error }: Props): ReactNode {
  return (
    <html lang="en">
      <body>
        <title>Concentric could not be shown</title>
        <main id="page" className="page">
          <Message
            kind="error"
            say="Concentric could not be shown"
            {...(error.digest !== undefined && { detail: `request ${error.digest}` })}
            actions={
              <Button kind="solid" onClick={() => location.reload()}>
                Try again
              </Button>
            }
          >
            Nothing is lost: every snapshot that was taken stands. The server’s log has the details under this id.
          </Message>
        </main>
      </body>
    </html>
  );
}
