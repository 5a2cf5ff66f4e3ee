"use client";
import type { ReactNode } from "react";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/dialog";
import { Navigation } from "./navigation";
import type { ShellData } from "./shell-data";
import { saveTheme } from "./theme";

interface NavDrawerProps {
  readonly shell: ShellData;
  readonly onClose: () => void;
  readonly onFind: () => void;
  readonly onCopy: () => void;
  readonly copied: boolean;
}

/** Navigation on small screens, with what the bar has no room for. */
export function NavDrawer({ shell, onClose, onFind, onCopy, copied }: NavDrawerProps): ReactNode {
  const toggleTheme = (): void => saveTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  return (
    <Dialog bare className="drawer" onClose={onClose} title="Menu">
      <nav aria-label="Pages">
        <Navigation shell={shell} onFollow={onClose} />
      </nav>
      <div className="drawer-foot">
        <Button
          onClick={() => {
            onClose();
            onFind();
          }}
        >
          Find anything
        </Button>
        <Button onClick={onCopy}>
          <span aria-live="polite">{copied ? "Copied" : "Copy link"}</span>
        </Button>
        <Button onClick={toggleTheme}>Light or dark</Button>
        <Button onClick={onClose}>Close</Button>
      </div>
    </Dialog>
  );
}
