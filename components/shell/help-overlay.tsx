"use client";
import type { ReactNode } from "react";
import { Dialog } from "../primitives/dialog";
import { KeyHint } from "../primitives/key-hint";
import { SHORTCUT_GROUPS } from "./shortcuts";

export function HelpOverlay({ onClose }: { readonly onClose: () => void }): ReactNode {
  return (
    <Dialog onClose={onClose} title="Keys">
      <div className="grid gap-x-8 gap-y-4 tablet:grid-cols-2">
        {SHORTCUT_GROUPS.map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h3 className="cap" style={{ marginBottom: 4 }}>
              {group.title}
            </h3>
            <dl className="facts">
              {group.shortcuts.map((shortcut) => (
                <div key={shortcut.does} style={{ gridTemplateColumns: "96px minmax(0, 1fr)" }}>
                  <dt style={{ display: "flex", gap: 4, alignItems: "start" }}>
                    {shortcut.keys.map((key) => (
                      <KeyHint key={key}>{key}</KeyHint>
                    ))}
                  </dt>
                  <dd>{shortcut.does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
