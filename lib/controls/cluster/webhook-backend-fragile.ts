import { commonLabels } from "../../inventory/labels/common-labels";
import type { ReplicaFloor } from "../../inventory/workloads/replica-floor";
import { coversResource, isCalled, listWebhooks, type Webhook } from "../../inventory/admission/security-webhook";
import { type WebhookBackend, webhookBackendView } from "../../inventory/admission/webhook-backend";
import type { Workload } from "../../inventory/workloads/workload";
import type { PatchOp } from "../../model/patch";
import { resourceKey } from "../../model/resource-ref";
import { defineControl, notApplicable, unknown, type Weakness, weakness } from "../define";
import { freeName } from "../remedies/free-name";
import { remove, set } from "../remedies/ops";

interface Place {
  readonly workload: Workload;
  readonly what: "replicas" | "budget";
  readonly podLabelSets: Workload["podLabelSets"];
  /** Of replicas: what says how many. */
  readonly floor?: ReplicaFloor;
}

function countOf({ replicas, path, isSet, scaler }: ReplicaFloor): string {
  const noun = path === "" ? "pod" : "replica";
  const left = isSet || path === "" ? "" : `, since ${path.slice("spec.".length)} is not set`;
  return `${scaler === null ? "" : "as few as "}${replicas} ${replicas === 1 ? noun : `${noun}s`}${left}${scaler === null ? "" : `, by ${scaler.ref.kind} ${scaler.ref.name}`}`;
}

function ofWorkload(hook: Webhook, backend: WebhookBackend, workload: Workload): Weakness[] {
  const floor = backend.floorOf(workload);
  if (floor === null || floor.replicas === null) return [];
  const extra = { object: workload.ref, on: hook.name };
  const podLabelSets = backend.podLabelSets(workload);
  const answers = `${hook.name} is answered by ${workload.ref.name}`;
  if (workload.ref.kind === "Pod")
    return [
      weakness(
        "",
        undefined,
        `${hook.name} is answered by Pod ${workload.ref.name}${backend.workloads.length === 1 ? " alone" : ""}, which nothing replaces.`,
        extra,
      ),
    ];
  const found: Weakness[] = [];
  if (floor.replicas < 2) {
    const { replicas, path, isSet, scaler } = floor;
    const hint: Place | undefined = path === "" ? undefined : { workload, podLabelSets, what: "replicas", floor };
    found.push(weakness(path, isSet ? replicas : undefined, `${answers} with ${countOf(floor)}.`, { ...extra, ...(scaler && { object: scaler.ref }), hint }));
  }
  if (!backend.hasBudget(workload)) {
    const hint: Place = { workload, podLabelSets, what: "budget" };
    found.push(weakness("", undefined, `${answers}, which no PodDisruptionBudget keeps running.`, { ...extra, hint }));
  }
  return found;
}

function raise({ path, otherwise }: ReplicaFloor): readonly PatchOp[] {
  if (!otherwise) return [set(path, path.startsWith("metadata.") ? "2" : 2)];
  return [remove(path), ...(otherwise.replicas < 2 ? [set(otherwise.path, 2)] : [])];
}

function judge(hook: Webhook, backend: WebhookBackend): Weakness[] {
  const at = `webhooks[${hook.index}].clientConfig`;
  const severity = hook.failsOpen ? "high" : "medium";
  const effect = hook.failsOpen ? "so it is skipped" : "so what it sees cannot be created";
  if (backend.isCallable === false)
    return [
      weakness(`${at}.service`, backend.serviceName, `${hook.name} names a Service that the API server does not call, ${effect}.`, { on: hook.name, severity }),
    ];
  if (backend.url) {
    const seesSecrets = coversResource(hook, "secrets");
    return [
      weakness(
        `${at}.${backend.serviceName === null ? "url" : "service"}`,
        backend.url,
        `${hook.name} sends ${seesSecrets ? "objects, Secrets included," : "objects"} out of the cluster.`,
        {
          on: hook.name,
          severity: seesSecrets ? "high" : "medium",
        },
      ),
    ];
  }
  if (backend.serviceName && !backend.service)
    return [weakness(`${at}.service`, backend.serviceName, `${hook.name} names a Service that does not exist, ${effect}.`, { on: hook.name, severity })];
  if (backend.missingPort !== null) {
    const message = `${hook.name} asks for port ${backend.missingPort} of a Service that has none such, ${effect}.`;
    return [weakness(`${at}.service`, backend.serviceName, message, { on: hook.name, severity })];
  }
  if (backend.hasReadyEndpoint === false)
    return [weakness(`${at}.service`, backend.serviceName, `${hook.name} has no ready backend, ${effect}.`, { on: hook.name, severity })];
  if (backend.untrusted !== null)
    return [weakness(`${at}.caBundle`, undefined, `${hook.name} cannot be answered: ${backend.untrusted}, ${effect}.`, { on: hook.name, severity })];
  return backend.workloads.flatMap((workload) => ofWorkload(hook, backend, workload));
}

export default defineControl({
  id: "webhook-backend-fragile",
  layer: "cluster",
  severity: "medium",
  maxSeverity: "high",
  title: "Admission webhooks have a backend that stays available",
  failure: "has a backend that is missing, single or outside the cluster",
  why: "Admission depends on this backend: while it is away, either nothing can be created or nothing is checked.",
  action: "Run webhook backends that stay available",
  fix: "Run two replicas or more with a PodDisruptionBudget, keep the backend in the cluster, and let its `caBundle` hold whoever signs its certificate.",
  verify: `kubectl get endpointslices -A -o custom-columns='NAMESPACE:.metadata.namespace,SERVICE:.metadata.labels.kubernetes\\.io/service-name,ADDRESSES:.endpoints[*].addresses[0],READY:.endpoints[*].conditions.ready'; kubectl get services,deployments,statefulsets,poddisruptionbudgets -A; kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations -o json | jq -r '.items[] | .metadata.name as $n | .webhooks[]? | .name as $hook | .clientConfig | [$n, $hook, (.url // "\\(.service.namespace)/\\(.service.name):\\(.service.port // 443)"), .caBundle // ""] | join(" ")' | while read -r name hook address bundle; do echo "$name $hook $address"; echo "$bundle" | base64 -d | openssl crl2pkcs7 -nocrl -certfile /dev/stdin | openssl pkcs7 -print_certs -noout -text | grep -E 'Not After|CA:|Authentication|Permitted|Excluded|DNS:'; done`,
  lookFor:
    "The last list names each webhook, where it sends what it sees, and the certificates of its `caBundle`. At fault: a Service that is not above, or has no such port, no CLUSTER-IP, or fewer than two ADDRESSES that are READY; a workload behind it that has one replica, may be scaled down to one, or has no PodDisruptionBudget; a URL that leads out of the cluster; certificates of which none will do, since each is over, is for Client Authentication alone or for other names (what is Permitted, but for what is Excluded), or neither says `CA:TRUE` nor names the Service.",
  tips: ["S4"],
  frameworks: { nsa: ["PE"], mitre: ["T1499"], owasp: ["K04"] },
  references: ["https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/"],
  subject: "webhook",
  reads: ["services", "workloads", "podDisruptionBudgets", "endpointSlices"],
  extraReads: ["companions", "operated", "nodes"],
  wholeCluster: "fail",
  check: (configuration, context) => {
    const hooks = listWebhooks(configuration).filter(isCalled);
    if (hooks.length === 0) return notApplicable("It has no webhook that is called: none has rules.");
    const findBackend = context.view(webhookBackendView);
    const backends = hooks.map((hook) => ({ hook, backend: findBackend(hook) }));
    const found = backends.flatMap(({ hook, backend }) => judge(hook, backend));
    const [uncounted] = backends.flatMap(({ backend }) => backend.workloads.filter((workload) => backend.floorOf(workload)?.replicas === null));
    if (found.length === 0 && uncounted)
      return unknown(`How many pods ${uncounted.ref.kind} ${uncounted.ref.name} runs is not said, and what scales it may lie elsewhere.`);
    const refused = context.listUnread("operated").find(({ kind }) => kind === "ScaledObject");
    const [counted] = backends.flatMap(({ backend }) => backend.workloads.filter((workload) => backend.floorOf(workload)?.scaler === null));
    if (found.length === 0 && refused && counted)
      return unknown(`What scales ${counted.ref.kind} ${counted.ref.name} may leave fewer pods, and ScaledObject objects were not read: ${refused.reason}`);
    const uncertain = backends.find(({ backend }) => backend.isCallable === null);
    if (found.length === 0 && uncertain)
      return unknown(`Whether the API server calls ${uncertain.backend.serviceName}, a Service without an address of its own, is not seen.`);
    const unseen = backends.find(({ backend }) => backend.unseenHost !== null)?.backend;
    if (found.length === 0 && unseen) return unknown(`Whether anything answers at ${unseen.unseenHost}, the name of no Service here, is not seen.`);
    const untrusted = backends.find(({ backend }) => backend.isWithoutBundle);
    if (found.length === 0 && untrusted) return unknown(`Whether the API server trusts what answers ${untrusted.hook.name}, without a caBundle, is not seen.`);
    const seen = new Set<string>();
    return found.filter((item) => {
      const key = item.object ? `${item.path} ${resourceKey(item.object)}` : `${item.path} ${item.message}`;
      return !seen.has(key) && seen.add(key);
    });
  },
  remedy: (_configuration, weaknesses, { slices }) => {
    const places = weaknesses.map((item) => item.hint as Place | undefined); // safe: set by this control, or absent
    const [first] = places;
    if (!first || !places.every((place) => place && resourceKey(place.workload.ref) === resourceKey(first.workload.ref))) return null;
    const { ref } = first.workload;
    const matchLabels = commonLabels(places.flatMap((place) => place?.podLabelSets ?? []));
    if (Object.keys(matchLabels).length === 0) return null;
    const namespace = ref.namespace ?? "default";
    const budget = {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: freeName(slices.podDisruptionBudgets, namespace, ref.name), namespace },
      spec: { minAvailable: 1, selector: { matchLabels } },
    };
    const floor = places.find((place) => place?.floor)?.floor;
    return {
      target: floor?.scaler?.ref ?? ref,
      ops: floor ? raise(floor) : [],
      create: places.some((place) => place?.what === "budget") ? [budget] : [],
      risk: "none",
    };
  },
});
