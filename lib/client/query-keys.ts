/** Names of what the browser keeps. A list belongs to its cluster, its query and the snapshot that it was read from. */
export const queryKeys = {
  findings: (cluster: string, query: string, seq: number | null) => ["findings", cluster, query, seq] as const,
};
