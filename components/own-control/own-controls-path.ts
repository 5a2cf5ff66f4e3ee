import { clusterApiPath } from "@/lib/client/api-path";

/** Where own controls are added; each has its id below. */
export function ownControlsPath(cluster: string): string {
  return `${clusterApiPath(cluster)}/own-controls`;
}
