import type { Layer } from "@/lib/model/layer";

/** What the frame needs to know; plain data, so that a server layout can hand it over. */
interface ShellCluster {
  readonly slug: string;
  /** As every page names it: "harbour (demo)". */
  readonly name: string;
  readonly scores: readonly { readonly layer: Layer; readonly score: number | null }[];
}

export interface ShellSnapshot {
  readonly seq: number;
  /** ISO instant. */
  readonly at: string;
  /** "review", "first scan", "catalogue 2026.11" */
  readonly note?: string;
}

export interface ShellData {
  readonly clusters: readonly ShellCluster[];
  /** Slug of the cluster of this page. */
  readonly current: string;
  /** Newest first; the first is "now". */
  readonly snapshots: readonly ShellSnapshot[];
  /** Baseline while the address names none; null = there is nothing earlier. */
  readonly baseline: { readonly seq: number; readonly at: string; readonly words: string } | null;
  /** Figures beside the navigation, by page key. */
  readonly counts: Readonly<Partial<Record<NavKey, number | string>>>;
  /** Bound to loopback and nothing configured: no sign-in. */
  readonly isOpen: boolean;
  /** ISO instant of this answer. */
  readonly now: string;
  /** Answers `?q=` with search hits; absent = pages and clusters only. */
  readonly searchPath?: string;
}

export type NavKey =
  | "overview"
  | "layers"
  | "findings"
  | "resources"
  | "controls"
  | "frameworks"
  | "who-can"
  | "network"
  | "admission"
  | "pod-security"
  | "compare"
  | "snapshots"
  | "sources"
  | "settings";
