import { AppRouterContext, type AppRouterInstance } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { ClusterDto, ScanProgress } from "@/lib/contracts/clusters";
import { FirstScan } from "./first-scan";

/** Given as Next.js gives it: a stand-in for its module does not take where another file of this thread has loaded that before. Nothing of it is called. */
const ROUTER = {} as AppRouterInstance; // safe: as said

const SCAN: Omit<ScanProgress, "state"> = {
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
const CLUSTER: Omit<ClusterDto, "scan"> = {
  slug: "staging",
  name: "staging",
  source: "kubeconfig",
  context: "staging",
  server: "https://staging.example",
  isDemo: false,
  kubeVersion: null,
  latest: null,
  weakest: null,
  scores: [],
  schedule: { intervalMinutes: 60, isPaused: false },
};

function said(state: ScanProgress["state"] | null): string {
  const scan = state === null ? null : { ...SCAN, state };
  const page = createElement(FirstScan, { cluster: { ...CLUSTER, scan } });
  return renderToStaticMarkup(createElement(AppRouterContext.Provider, { value: ROUTER }, page)).replace(/<[^>]*>/g, " ");
}

it("tells a first scan that was cancelled, that failed and that runs from one that nobody asked for", () => {
  expect(said(null)).toMatch(/staging has no snapshot yet .*Scan now/);
  expect(said("cancelled")).toMatch(/The first scan of staging was cancelled .*Nothing of it was kept\. .*Scan now/);
  expect(said("failed")).toMatch(/The first scan of staging failed .*The line above says why/);
  expect(said("queued")).toMatch(/The first scan of staging is running /);
});
