import type { Agent } from "./agents";

/** Admission controllers that register their webhooks themselves when they start, so that manifests have none. */
export const SELF_REGISTERING: readonly (Agent & { /** In its labels and in the images of all its programs. */ readonly word: RegExp })[] = [
  // Its other programs are images of their own: background-controller, cleanup-controller, reports-controller, kyvernopre, kyverno-cli.
  { name: "Kyverno", image: /(?:^|\/)kyverno$/, word: /kyverno/ },
];
