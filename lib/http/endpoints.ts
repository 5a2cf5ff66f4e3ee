import { CLUSTER_ENDPOINTS } from "./cluster-endpoints";
import { INDEX_ENDPOINTS } from "./index-endpoint";
import { POSTURE_ENDPOINTS } from "./posture-endpoints";

/** Every endpoint, the role that it needs, and its contract. */
export const ENDPOINTS = { ...INDEX_ENDPOINTS, ...CLUSTER_ENDPOINTS, ...POSTURE_ENDPOINTS } as const;

export type EndpointName = keyof typeof ENDPOINTS;
