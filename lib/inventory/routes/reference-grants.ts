import { type JsonRecord, record, records, text } from "../../model/json";
import { apiGroup } from "../../model/resource-ref";
import type { KubeObject } from "../kube-object";
import { defineView } from "../view";

/** What a controller says of the references of a route or a listener; null = nothing. */
interface Resolution {
  readonly isResolved: boolean;
  readonly reason: string;
}

function resolutionIn(conditions: unknown): Resolution | null {
  const found = records(conditions).find((condition) => condition.type === "ResolvedRefs");
  if (found?.status !== "True" && found?.status !== "False") return null;
  return { isResolved: found.status === "True", reason: text(found.reason) ?? "" };
}

/** What the controller of a gateway says of the references of a route. */
function resolutionOfRoute(route: KubeObject, gateway: KubeObject): Resolution | null {
  const parents = records(record(route.body.status).parents).filter(({ parentRef }) => {
    const { name, namespace } = record(parentRef);
    return text(name) === gateway.ref.name && (text(namespace) ?? route.ref.namespace) === gateway.ref.namespace;
  });
  return parents.map(({ conditions }) => resolutionIn(conditions)).find((item) => item !== null) ?? null;
}

/** What its controller says of the references of a listener. */
export function resolutionOfListener(gateway: KubeObject, name: string): Resolution | null {
  return resolutionIn(records(record(gateway.body.status).listeners).find((item) => text(item.name) === name)?.conditions);
}

export interface Target {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

/** What a reference of the Gateway API names: of the core group and of the same namespace unless it says otherwise. */
export function toTarget(from: KubeObject, reference: JsonRecord, kind: "Service" | "Secret"): Target {
  return {
    group: text(reference.group) ?? "",
    kind: text(reference.kind) ?? kind,
    namespace: text(reference.namespace) ?? from.ref.namespace,
    name: text(reference.name) ?? "",
  };
}

function grants({ body }: KubeObject, from: KubeObject, target: Target): boolean {
  const spec = record(body.spec);
  const isTrusted = records(spec.from).some(
    (item) => text(item.group) === apiGroup(from.ref) && text(item.kind) === from.ref.kind && text(item.namespace) === from.ref.namespace,
  );
  return (
    isTrusted &&
    records(spec.to).some(
      (item) => (text(item.group) ?? "") === target.group && text(item.kind) === target.kind && (text(item.name) || target.name) === target.name,
    )
  );
}

/** Which references into other namespaces those namespaces allow. */
export interface References {
  /** By a ReferenceGrant; true in one's own namespace, and in a part of a cluster, which need not show the grant. */
  readonly isGranted: (from: KubeObject, target: Target) => boolean;
  /** Taken for granted only because this part of a cluster need not show the grant. */
  readonly isUntold: (from: KubeObject, target: Target) => boolean;
  /** Whether a gateway serves the Service that a route names: one without a grant only where the gateway's controller says so. */
  readonly isServed: (route: KubeObject, target: Target, gateways: readonly KubeObject[]) => boolean;
}

export const referencesView = defineView({
  reads: ["gateways"],
  compute: ({ slices, isComplete }): References => {
    const byNamespace = Map.groupBy(
      slices.gateways.filter(({ ref }) => ref.kind === "ReferenceGrant"),
      ({ ref }) => ref.namespace,
    );
    const isShown: References["isGranted"] = (from, target) =>
      target.namespace === from.ref.namespace || (byNamespace.get(target.namespace) ?? []).some((grant) => grants(grant, from, target));
    const isGranted: References["isGranted"] = (from, target) => !isComplete || isShown(from, target);
    return {
      isGranted,
      isUntold: (from, target) => !isComplete && !isShown(from, target),
      isServed: (route, target, gateways) => isGranted(route, target) || gateways.some((gateway) => resolutionOfRoute(route, gateway)?.isResolved === true),
    };
  },
});

export function untoldGrant(target: Target): string {
  return `Whether namespace ${target.namespace} allows the use of ${target.kind} ${target.name} is not among these manifests: they hold no ReferenceGrant for it.`;
}
