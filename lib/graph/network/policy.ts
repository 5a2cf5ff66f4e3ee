import type { KubeObject } from "../../inventory/kube-object";
import { findOddField } from "../../inventory/odd-field";
import { isRecord, type JsonRecord, list, record, text, texts } from "../../model/json";
import type { Direction } from "./endpoint";
import { LAST_PORT } from "./port-span";

/** One rule of a NetworkPolicy; null = any peer, any port. */
export interface PolicyRule {
  readonly peers: readonly JsonRecord[] | null;
  readonly ports: readonly JsonRecord[] | null;
}

export interface Policy {
  readonly object: KubeObject;
  readonly namespace: string;
  readonly podSelector: unknown;
  readonly isolates: Readonly<Record<Direction, boolean>>;
  readonly rules: Readonly<Record<Direction, readonly PolicyRule[]>>;
}

/** No ports are named, or all of TCP and of UDP are. */
export function isEveryPort({ ports }: PolicyRule): boolean {
  if (ports === null) return true;
  return ["TCP", "UDP"].every((protocol) =>
    ports.some((item) => {
      if ((text(item.protocol) ?? "TCP") !== protocol) return false;
      return item.port === undefined || item.port === null || (item.port === 1 && item.endPort === LAST_PORT);
    }),
  );
}

function toRules(value: unknown, peerKey: "from" | "to"): readonly PolicyRule[] {
  const nonEmpty = (items: unknown) => (list(items).length > 0 ? list(items).map(record) : null);
  return list(value)
    .filter((rule) => isRecord(rule) || rule === null)
    .map((rule) => ({ peers: nonEmpty(record(rule)[peerKey]), ports: nonEmpty(record(rule).ports) }));
}

/** Of EKS: a NetworkPolicy whose peers may be names of domains, too. */
export function isApplicationPolicy({ ref }: KubeObject): boolean {
  return ref.kind === "ApplicationNetworkPolicy" && ref.apiVersion.startsWith("networking.k8s.aws/");
}

/** Whether a peer can be nothing but a pod of the namespace of its policy. */
export function isNearPeer({ podSelector, namespaceSelector }: JsonRecord): boolean {
  return isRecord(podSelector) && !isRecord(namespaceSelector);
}

const NOWHERE = { ingress: false, egress: false };

/** A NetworkPolicy as it acts: without policyTypes it isolates ingress, and egress only if it has an egress rule. What the API server refuses does nothing. */
export function toPolicy(object: KubeObject): Policy {
  const spec = record(object.body.spec);
  const types = texts(spec.policyTypes);
  const rules = { ingress: toRules(spec.ingress, "from"), egress: toRules(spec.egress, "to") };
  const isolates =
    types.length > 0 ? { ingress: types.includes("Ingress"), egress: types.includes("Egress") } : { ingress: true, egress: rules.egress.length > 0 };
  const isRefused = findOddField(object) !== null;
  return { object, namespace: object.ref.namespace ?? "default", podSelector: spec.podSelector, isolates: isRefused ? NOWHERE : isolates, rules };
}
