import { createElement } from "react";
import { expect, it } from "vitest";
import type { ClusterDto, ScanProgress } from "@/lib/contracts/clusters";
import { renderRouted, SCAN } from "../scan/testing-scan";
import { FirstScan } from "./first-scan";

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
  return renderRouted(page).replace(/<[^>]*>/g, " ");
}

it("tells a first scan that was cancelled, that failed, that runs and that waits from one that nobody asked for", () => {
  expect(said(null)).toMatch(/staging has no snapshot yet .*Scan now/);
  expect(said("cancelled")).toMatch(/The first scan of staging was cancelled .*Nothing of it was kept\. .*Scan now/);
  expect(said("failed")).toMatch(/The first scan of staging failed .*The line above says why/);
  expect(said("running")).toMatch(/The first scan of staging is running /);
  expect(said("queued")).toMatch(/The first scan of staging waits for other scans /);
});
