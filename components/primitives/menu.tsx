"use client";
import { Menu as Base } from "@base-ui/react/menu";
import type { ReactNode } from "react";

export interface MenuItem {
  readonly key: string;
  readonly label: ReactNode;
  readonly note?: ReactNode;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

interface MenuProps {
  readonly trigger: ReactNode;
  readonly triggerClassName?: string;
  readonly label: string;
  readonly items: readonly MenuItem[];
}

export function Menu({ trigger, triggerClassName = "ctl line", label, items }: MenuProps): ReactNode {
  return (
    <Base.Root>
      <Base.Trigger className={triggerClassName} aria-label={label}>{trigger}</Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={6} align="start" style={{ zIndex: 45 }}>
          <Base.Popup className="pop">
            {items.map((item) => (
              <Base.Item key={item.key} className="pop-item" disabled={item.disabled ?? false} onClick={item.onSelect}>
                <span>{item.label}</span>
                {item.note === undefined ? null : <span className="cap">{item.note}</span>}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
