import { isRecord, record } from "../../model/json";
import { resourceKey } from "../../model/resource-ref";
import { maySelectLabels } from "../labels/added-labels";
import type { KubeObject } from "../kube-object";
import { matchesSelector } from "../labels/label-selector";
import { type ReplicaFloor, replicaFloorView } from "../workloads/replica-floor";
import type { Webhook } from "./security-webhook";
import { endpointRoutingView, isServerSeenView } from "./admission-plugins";
import { addressOf, hasPort, isCallable, isServiceHost, otherNameOf } from "./webhook-address";
import { lacksBundle, whyTrustsNothing } from "./ca-bundle";
import { hasReadyAddressView } from "../routes/service-endpoints";
import { labelsAskedBy, serviceTargetsView } from "../routes/service-targets";
import { servicesByKeyView } from "../routes/services-by-key";
import { defineView } from "../view";
import type { PodView, Workload } from "../workloads/workload";

/** What answers a webhook. */
export interface WebhookBackend {
  /** Outside of the cluster. */
  readonly url: string | null;
  /** `namespace/name` of the Service that is named. */
  readonly serviceName: string | null;
  readonly service: KubeObject | null;
  /** The name in a URL, which would be that of a Service that is not there: one of the cluster that the API server runs in may have it. Null = no such name. */
  readonly unseenHost: string | null;
  /** False where the API server calls no Service of its sort; null = it does not show whether. */
  readonly isCallable: boolean | null;
  /** The port that it asks for, where the Service has none such; null = it has, or is not there. */
  readonly missingPort: number | null;
  /** False when endpoints were read and none is ready, or when no pod is there that the Service chooses. */
  readonly hasReadyEndpoint: boolean | null;
  /** Why the API server trusts nothing that answers, as part of a sentence; null = it may. Of manifests, in which bundles are written later, nothing is told. */
  readonly untrusted: string | null;
  /** Nothing but the machine of the API server could say whom it trusts. */
  readonly isWithoutBundle: boolean;
  readonly workloads: readonly Workload[];
  /** Null = nothing keeps a number of its pods, as of a DaemonSet, or of a pod beside what is kept. */
  readonly floorOf: (workload: Workload) => ReplicaFloor | null;
  /** Labels of the pods of a workload that the Service sends to. */
  readonly podLabelSets: (workload: Workload) => Workload["podLabelSets"];
  readonly hasBudget: (workload: Workload) => boolean;
}

/** Nothing starts it again elsewhere when its node is gone. */
const LONE_POD: ReplicaFloor = { replicas: 1, path: "", isSet: false, scaler: null };

export const webhookBackendView = defineView({
  reads: ["services", "workloads", "podDisruptionBudgets", "endpointSlices", "companions", "operated", "nodes"],
  compute: (context): ((hook: Webhook) => WebhookBackend) => {
    const { workloadsOf } = context.view(serviceTargetsView);
    const services = context.view(servicesByKeyView);
    const floorOf = context.view(replicaFloorView);
    const hasReadyAddress = context.view(hasReadyAddressView);
    const isCovered = ({ namespace }: Workload["ref"], labels: PodView["labels"]): boolean =>
      context.slices.podDisruptionBudgets.some(
        (budget) =>
          budget.ref.namespace === namespace && isRecord(record(budget.body.spec).selector) && matchesSelector(record(budget.body.spec).selector, labels),
      );
    const routes = context.view(endpointRoutingView);
    const isServerSeen = context.view(isServerSeenView);
    return (hook) => {
      const address = addressOf(hook);
      const { url, serviceName, port, isUrl, host } = address;
      const service = serviceName ? (services.get(serviceName) ?? null) : null;
      const isElsewhere = isUrl && serviceName !== null && service === null && !isServerSeen;
      const matchLabels = record(record(service?.body.spec).selector);
      const workloads = service ? (workloadsOf.get(resourceKey(service.ref)) ?? []) : [];
      const otherName = service === null ? null : otherNameOf(service);
      const isOutside = otherName !== null && otherName !== "" && !isServiceHost(otherName);
      // A Service that chooses pods has slices, if only empty ones, wherever slices are kept: without any, the pods that are there tell.
      const isUnserved = service !== null && labelsAskedBy(service) !== null && workloads.length === 0;
      const podLabelSets = (workload: Workload) => workload.podLabelSets.filter((labels) => maySelectLabels({ matchLabels }, workload, labels));
      return {
        url: isOutside && !isUrl ? `https://${otherName}:${port}` : url,
        serviceName: isElsewhere ? null : serviceName,
        service,
        unseenHost: isElsewhere ? host : null,
        isCallable: service === null || isUrl ? true : isCallable(service, routes),
        missingPort: service === null || hasPort(service, address) ? null : port,
        hasReadyEndpoint: (service && hasReadyAddress(service)) ?? (isUnserved ? false : null),
        untrusted: context.isComplete ? whyTrustsNothing(hook, address, context.observedAt) : null,
        isWithoutBundle: context.isComplete && lacksBundle(hook, address),
        workloads,
        floorOf: (workload) => (workloads.every(({ ref }) => ref.kind === "Pod") ? LONE_POD : floorOf(workload)),
        podLabelSets,
        hasBudget: (workload) => podLabelSets(workload).every((labels) => isCovered(workload.ref, labels)),
      };
    };
  },
});
