"use client";
import { Popover as Base } from "@base-ui/react/popover";
import { type ReactNode, useRef } from "react";
import type { PopoverProps } from "./popover";

type LoadedPopoverProps = Omit<PopoverProps, "open" | "onOpenChange"> & { readonly open: boolean; readonly onOpenChange: (open: boolean) => void };

/** The popover itself, in a part of the script that is loaded when it is first wanted. */
export function LoadedPopover({ trigger, triggerClassName, label, align = "start", open, onOpenChange, children }: LoadedPopoverProps): ReactNode {
  const popup = useRef<HTMLDivElement>(null);
  // A choice begins at what is chosen now.
  const findFirst = (): HTMLElement | true => popup.current?.querySelector<HTMLElement>("[aria-current='true']") ?? true;
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Trigger className={triggerClassName} aria-label={label}>
        {trigger}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} style={{ zIndex: 45 }}>
          <Base.Popup ref={popup} className="pop" aria-label={label} initialFocus={findFirst}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
