"use client";
import { type ReactNode, useState } from "react";
import { KeyHint } from "../primitives/key-hint";
import { Popover } from "../primitives/popover";
import { findTheme, saveTheme, type Theme } from "./theme";

const THEMES: readonly { readonly theme: Theme; readonly label: string }[] = [
  { theme: "system", label: "As the system" },
  { theme: "light", label: "Light" },
  { theme: "dark", label: "Dark" },
];

/** Theme and present mode: how the page looks, not what it shows. */
export function ThemeMenu({ onPresent }: { readonly onPresent: () => void }): ReactNode {
  const [open, setOpen] = useState(false);
  const [theme, setTheme] = useState<Theme>("system");
  return (
    <Popover
      label="Theme and present mode"
      triggerClassName="ctl theme only-desk"
      trigger="Theme"
      align="end"
      open={open}
      onOpenChange={(next) => {
        if (next) setTheme(findTheme());
        setOpen(next);
      }}
    >
      <div role="radiogroup" aria-label="Theme" style={{ minWidth: 190 }}>
        <p className="pop-title">Theme</p>
        {THEMES.map((one) => (
          <button
            key={one.theme}
            type="button"
            role="radio"
            aria-checked={theme === one.theme}
            className="pop-item"
            {...(theme === one.theme ? { "data-checked": "" } : {})}
            onClick={() => {
              setTheme(one.theme);
              saveTheme(one.theme);
            }}
          >
            {one.label}
          </button>
        ))}
      </div>
      <p className="pop-title">Projector</p>
      <button
        type="button"
        className="pop-item"
        onClick={() => {
          setOpen(false);
          onPresent();
        }}
      >
        Present <KeyHint>Shift P</KeyHint>
      </button>
    </Popover>
  );
}
