import "server-only";

const LABELS = ["team", "owner", "app.kubernetes.io/team", "squad"] as const;

/** The team that a label names; null when none does. */
export function findTeam(labels: Readonly<Record<string, string>>): string | null {
  for (const label of LABELS) if (labels[label]) return labels[label];
  return null;
}
