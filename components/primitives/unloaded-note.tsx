"use client";
import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { WHY_UNLOADED } from "./is-unloaded";
import { Message } from "./message";

/** In place of a menu or a dialog whose script did not come: over a corner of the page, which stays as it is. */
export function UnloadedNote({ onClose }: { readonly onClose?: () => void }): ReactNode {
  const [isClosed, setIsClosed] = useState(false);
  const close = (): void => {
    setIsClosed(true);
    onClose?.();
  };
  if (isClosed) return null;
  return (
    <div className="unloaded">
      <Message
        kind="error"
        say="A part of this page could not be loaded"
        actions={
          <>
            <Button kind="solid" onClick={() => location.reload()}>
              Load the page again
            </Button>
            <Button onClick={close}>Not now</Button>
          </>
        }
      >
        {WHY_UNLOADED}
      </Message>
    </div>
  );
}
