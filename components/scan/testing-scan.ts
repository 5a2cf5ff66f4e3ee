import { AppRouterContext, type AppRouterInstance } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { createElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { ScanProgress } from "@/lib/contracts/clusters";

/** A scan that has begun, for what is drawn of it. */
export const SCAN: Omit<ScanProgress, "state"> = {
  id: "1",
  phase: "reading",
  kindsDone: 0,
  kindsTotal: 0,
  gaps: 0,
  kind: null,
  objects: 0,
  requests: 0,
  bytes: 0,
  startedAt: "2026-11-01T06:00:00.000Z",
  finishedAt: null,
  error: null,
  snapshotSeq: null,
};

/** Given as Next.js gives it: a stand-in for its module does not take where another file of this thread has loaded that before. Nothing of it is called. */
const ROUTER = {} as AppRouterInstance; // safe: as said

/** The HTML of what may start and cancel scans. */
export const renderRouted = (content: ReactNode): string => renderToStaticMarkup(createElement(AppRouterContext.Provider, { value: ROUTER }, content));
