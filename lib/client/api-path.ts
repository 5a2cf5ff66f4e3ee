/** Of what the API says of a cluster. */
export function clusterApiPath(cluster: string): string {
  return `/api/v1/clusters/${encodeURIComponent(cluster)}`;
}

/** Of what the API says where a page of a cluster says it to people. */
export function toApiPath(page: string): string {
  return `/api/v1${page.replace(/^\/c\//, "/clusters/")}`;
}
