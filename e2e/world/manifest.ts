import type { JsonRecord } from "@/lib/model/json";

/** A Kubernetes object as people write it: nothing that only a server would add. */
export type Manifest = JsonRecord;

export interface Meta {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export function manifest(apiVersion: string, kind: string, namespace: string | null, name: string, body: JsonRecord = {}, meta: Meta = {}): Manifest {
  return { apiVersion, kind, metadata: { name, ...(namespace === null ? {} : { namespace }), ...meta }, ...body };
}

/** Everything that the restricted Pod Security level asks of a container. */
const HARDENED: JsonRecord = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: 10001,
  seccompProfile: { type: "RuntimeDefault" },
};

export const SMALL: JsonRecord = { limits: { cpu: "200m", memory: "128Mi" }, requests: { cpu: "50m", memory: "64Mi" } };

export function container(name: string, image: string, more: JsonRecord = {}): JsonRecord {
  return { name, image, ...more };
}

export function hardened(name: string, image: string, more: JsonRecord = {}): JsonRecord {
  return { name, image, securityContext: HARDENED, resources: SMALL, ...more };
}

/** A pod template for `app`, and the selector that fits it. */
export function templateFor(app: string, spec: JsonRecord): JsonRecord {
  return { selector: { matchLabels: { app } }, template: { metadata: { labels: { app } }, spec } };
}
