"use client";
import { Popover as Base } from "@base-ui/react/popover";
import type { ReactNode } from "react";

interface PopoverProps {
  /** Content of the button that opens it. */
  readonly trigger: ReactNode;
  readonly triggerClassName?: string;
  /** Name of the button and of the popover. */
  readonly label: string;
  readonly align?: "start" | "center" | "end";
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly children: ReactNode;
}

export function Popover({ trigger, triggerClassName = "ctl line", label, align = "start", open, onOpenChange, children }: PopoverProps): ReactNode {
  return (
    <Base.Root {...(open === undefined ? {} : { open })} {...(onOpenChange === undefined ? {} : { onOpenChange: (next: boolean) => onOpenChange(next) })}>
      <Base.Trigger className={triggerClassName} aria-label={label}>{trigger}</Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} style={{ zIndex: 45 }}>
          <Base.Popup className="pop" aria-label={label}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
