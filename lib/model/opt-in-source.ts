/** What a scan reads of a cluster only when that cluster's people have asked for it. */
export const OPT_IN_SOURCES = ["kubelet-config", "api-server-metrics", "api-server-probe", "secret-metadata"] as const;
export type OptInSource = (typeof OPT_IN_SOURCES)[number];
