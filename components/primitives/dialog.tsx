"use client";
import { Dialog as Base } from "@base-ui/react/dialog";
import clsx from "clsx";
import { type ReactNode, useState } from "react";

interface DialogProps {
  readonly onClose: () => void;
  readonly title: string;
  /** bare = no padding, no visible title and no sign to close it, for content that brings its own head */
  readonly bare?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Modal, open as long as it is there: focus stays inside, Escape and a click outside close it. */
export function Dialog({ onClose, title, bare = false, className, children }: DialogProps): ReactNode {
  // Remembered before a field of the dialog takes the focus by itself: whoever closes it goes on where they were.
  const [before] = useState(() => (typeof document === "undefined" ? null : document.activeElement));
  return (
    <Base.Root open onOpenChange={onClose}>
      <Base.Portal>
        <Base.Backdrop className="veil" />
        <Base.Popup
          finalFocus={() => (before instanceof HTMLElement && before.isConnected && before !== document.body ? before : true)}
          className={className ?? clsx("dlg", bare && "bare")}
        >
          <Base.Title className={bare ? "sr" : "dlg-t"}>{title}</Base.Title>
          {bare ? null : (
            <Base.Close className="ctl dlg-x" aria-label="Close">
              ×
            </Base.Close>
          )}
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
