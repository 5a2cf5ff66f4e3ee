import { createElement } from "react";
import { expect, it } from "vitest";
import type { ScanProgress } from "@/lib/contracts/clusters";
import { ScanBar } from "./scan-bar";
import { renderRouted, SCAN } from "./testing-scan";

function shown(state: ScanProgress["state"], isCancelAsked: boolean, unfilled: { readonly days: number; readonly of: number } | null = null): string {
  const scan = { ...SCAN, state, finishedAt: "2026-11-01T06:01:00.000Z", error: state === "failed" ? "It was refused." : null };
  const props = {
    cluster: "c",
    name: "prod",
    scan,
    isRunning: state === "queued",
    day: null,
    outdated: null,
    shownSeq: 4,
    unfilled,
    isCancelAsked,
    onCancel: () => undefined,
  };
  return renderRouted(createElement(ScanBar, props));
}
const said = (html: string): string =>
  html
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

it("says in a live region what became of a scan, and hands the focus of the button that cancelled to the one that starts another", () => {
  const cancelled = shown("cancelled", true);
  expect(said(cancelled)).toBe("The scan was cancelled. You still see snapshot 4. Scan again Hide");
  expect(cancelled).toMatch(/^<section[^>]* role="alert"/);
  expect(cancelled).toMatch(/<button[^>]* autofocus=""[^>]*>Scan again</);
  const stopped = shown("cancelled", true, { days: 12, of: 91 });
  expect(said(stopped)).toBe("The demo stops after 12 of its 91 days. These stay as they are. Go on Hide");
  expect(stopped).toMatch(/<button[^>]* autofocus=""[^>]*>Go on</);
});

it("takes no focus for what nobody asked for here", () => {
  const failed = shown("failed", false);
  expect(said(failed)).toBe("The last scan failed. It was refused. You still see snapshot 4. Scan again Hide");
  expect(failed).not.toContain("autofocus");
});

it("says of a scan that waits for others that it does, and lets it be cancelled", () => {
  const waiting = shown("queued", false);
  expect(said(waiting)).toBe("Waiting for other scans, then reading prod You still see snapshot 4. Cancel the scan");
  expect(waiting).toMatch(/<button[^>]*>Cancel the scan</);
});
