"use client";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { PartBoundary } from "../primitives/part-boundary";
import { UnloadedNote } from "../primitives/unloaded-note";
import { useCopied } from "../primitives/use-copied";
import { ClusterName } from "./cluster-name";
import { findBaseline } from "./find-baseline";
import { Navigation } from "./navigation";
import { findPageNewest } from "./page-newest";
import { withMoment } from "./posture-search";
import type { ShellData } from "./shell-data";
import { TopBar } from "./top-bar";
import { holdTyping } from "./typed-ahead";
import { useHotkeys } from "./use-hotkeys";
import { useMoment } from "./use-moment";

const CommandPalette = lazy(() => import("./command-palette").then((module) => ({ default: module.CommandPalette })));
const HelpOverlay = lazy(() => import("./help-overlay").then((module) => ({ default: module.HelpOverlay })));
const NavDrawer = lazy(() => import("./nav-drawer").then((module) => ({ default: module.NavDrawer })));

interface AppShellProps {
  readonly shell: ShellData;
  /** Live bar of a running scan, see ScanProgress. */
  readonly scan: ReactNode;
  readonly children: ReactNode;
}

/** Frame of every page: navigation, bar, overlays, keys. The page itself is server-rendered inside. */
export function AppShell({ shell, scan, children }: AppShellProps): ReactNode {
  const [overlay, setOverlay] = useState<"find" | "help" | "menu" | null>(null);
  const [presenting, setPresenting] = useState(false);
  const { copied, copy } = useCopied();
  const { at, since } = useMoment();
  const isPast = at !== null && at !== shell.snapshots[0]?.seq;
  // The figures beside the navigation are those of now; a page of the past has its own.
  const framed = isPast ? { ...shell, counts: {} } : shell;
  const name = shell.clusters.find(({ slug }) => slug === shell.current)?.name ?? shell.current;
  const close = (): void => setOverlay(null);
  const find = (): void => {
    if (overlay === "find") return;
    holdTyping(close);
    setOverlay("find");
  };
  const present = (): void => setPresenting(!presenting);
  // A link shows again what it showed: both handles are written out, also when they are the default. The page may be newer than this frame.
  const copyLink = (): void => {
    const shownAt = at ?? findPageNewest() ?? shell.snapshots[0]?.seq ?? null;
    const moment = { at: shownAt, since: since ?? findBaseline(shell.snapshots, shell.baseline, shownAt)?.seq ?? null };
    copy(location.origin + withMoment(location.pathname, location.search, moment) + location.hash);
  };
  useHotkeys(
    {
      "mod+k": find,
      "?": () => setOverlay("help"),
      c: copyLink,
      P: present,
      ...(presenting && overlay === null ? { Escape: () => setPresenting(false) } : {}),
    },
    "frame",
  );
  return (
    <div className="app" data-asof={isPast ? at : undefined} data-present={presenting ? "" : undefined}>
      <a className="skip" href="#page">
        Skip to the page
      </a>
      <nav className="nav" aria-label="Pages">
        <div className="nav-in">
          <Navigation shell={framed} />
        </div>
      </nav>
      <TopBar shell={shell} copied={copied} presenting={presenting} onCopy={copyLink} onFind={find} onMenu={() => setOverlay("menu")} onPresent={present} />
      {scan}
      <main id="page" className="page" tabIndex={-1}>
        <ClusterName value={name}>{children}</ClusterName>
      </main>
      <PartBoundary key={overlay} instead={<UnloadedNote onClose={close} />}>
        <Suspense fallback={null}>
          {overlay === "find" ? <CommandPalette shell={shell} onClose={close} /> : null}
          {overlay === "help" ? <HelpOverlay onClose={close} /> : null}
          {overlay === "menu" ? <NavDrawer shell={framed} copied={copied} onClose={close} onFind={find} onCopy={copyLink} /> : null}
        </Suspense>
      </PartBoundary>
    </div>
  );
}
