"use client";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { PartBoundary } from "./part-boundary";
import { UnloadedNote } from "./unloaded-note";

export interface PopoverProps {
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

const load = () => import("./loaded-popover").then((module) => ({ default: module.LoadedPopover }));
const LoadedPopover = lazy(load);

/** A button with a popover. Until it is wanted only the button is on the page, which keeps first load small. */
export function Popover({ triggerClassName = "ctl line", open, onOpenChange, ...rest }: PopoverProps): ReactNode {
  const [wanted, setWanted] = useState(false);
  const [innerOpen, setInnerOpen] = useState(false);
  const change = (next: boolean): void => {
    setInnerOpen(next);
    onOpenChange?.(next);
  };
  const isOpen = open ?? innerOpen;
  const preload = (): void => {
    void load();
  };
  const button = (
    <button
      type="button"
      className={triggerClassName}
      aria-label={rest.label}
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerEnter={preload}
      onFocus={preload}
      onClick={() => {
        setWanted(true);
        change(true);
      }}
    >
      {rest.trigger}
    </button>
  );
  if (!wanted) return button;
  return (
    <PartBoundary
      instead={
        <>
          {button}
          {isOpen ? <UnloadedNote onClose={() => change(false)} /> : null}
        </>
      }
    >
      <Suspense fallback={button}>
        <LoadedPopover {...rest} triggerClassName={triggerClassName} open={isOpen} onOpenChange={change} />
      </Suspense>
    </PartBoundary>
  );
}
