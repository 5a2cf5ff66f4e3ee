/** Where own controls are added; each has its id below. */
export function ownControlsPath(cluster: string): string {
  return `/api/v1/clusters/${encodeURIComponent(cluster)}/own-controls`;
}
