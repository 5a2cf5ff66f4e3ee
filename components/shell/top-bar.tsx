"use client";
import type { ReactNode } from "react";
import { KeyHint } from "../primitives/key-hint";
import { ClusterSwitcher } from "./cluster-switcher";
import type { ShellData } from "./shell-data";
import { ThemeMenu } from "./theme-menu";
import { TimeControl } from "./time-control";

interface TopBarProps {
  readonly shell: ShellData;
  readonly copied: boolean;
  readonly presenting: boolean;
  readonly onCopy: () => void;
  readonly onFind: () => void;
  readonly onMenu: () => void;
  readonly onPresent: () => void;
}

export function TopBar({ shell, copied, presenting, onCopy, onFind, onMenu, onPresent }: TopBarProps): ReactNode {
  return (
    <header className="bar">
      <ClusterSwitcher shell={shell} />
      <TimeControl shell={shell} />
      {shell.isOpen ? (
        <span className="local">
          <span className="badge" title="Only this machine can open it, so there is no sign-in">
            local, no sign-in
          </span>
        </span>
      ) : null}
      <span className="grow" />
      {presenting ? (
        <button type="button" className="ctl line" onClick={onPresent}>
          Leave present mode <KeyHint>Esc</KeyHint>
        </button>
      ) : null}
      <button type="button" className="ctl line only-desk find" aria-label="Find anything" aria-keyshortcuts="Control+K Meta+K" onClick={onFind}>
        <span className="lbl">Find anything</span> <KeyHint>Ctrl K</KeyHint>
      </button>
      <button type="button" className="ctl line only-desk" aria-keyshortcuts="c" onClick={onCopy}>
        <span aria-live="polite">{copied ? "Copied" : "Copy link"}</span> <KeyHint>c</KeyHint>
      </button>
      <ThemeMenu onPresent={onPresent} />
      <button type="button" className="ctl menu" aria-haspopup="dialog" onClick={onMenu}>
        Menu
      </button>
    </header>
  );
}
