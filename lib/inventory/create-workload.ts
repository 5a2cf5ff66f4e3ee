import type { JsonRecord } from "../model/json";
import { textMap, record } from "../model/json";
import type { Scope } from "../model/verdict";
import type { LivePod } from "./live-pod";
import type { RolledUp } from "./owner-roll-up";
import { readShapeText } from "./pod-shape";
import { createPodView } from "./pod-view";
import { podMetadataOf, podSpecOf, type RootRecord } from "./root-record";
import { newestFirst, toPodSpec } from "./synthetic-root";
import type { PodView, Workload } from "./workload";

const MAX_NODE_NAMES = 50;

/** What the roll-up cannot know of a root by itself. */
export interface WorkloadFacts {
  readonly scope: Scope;
  /** The service account's own setting; undefined = not set, or not known. */
  readonly accountAutomount: boolean | undefined;
  readonly isWindowsNode: (name: string) => boolean;
  /** Of the newest revision; "" = not known. */
  readonly revision: string;
}

interface Variant {
  readonly pod: LivePod;
  isRolling: boolean;
}

/** Live pods whose shape the template does not show, one for each shape. */
function findVariants({ root, pods }: RolledUp, facts: WorkloadFacts): readonly Variant[] {
  if (root.kind === "Pod") return [];
  const isFromPod = root.kind === "Custom" || root.kind === "StaticPod";
  const expectsToken = root.shape.hasToken || (!isFromPod && (root.automount ?? facts.accountAutomount ?? true));
  const variants = new Map<string, Variant>();
  for (const pod of newestFirst(pods)) {
    if (pod.shape.text === root.shape.text && pod.shape.hasToken === expectsToken) continue;
    const key = `${pod.shape.hasToken}${pod.shape.text}`;
    const isRolling = facts.revision !== "" && pod.revision !== "" && pod.revision !== facts.revision;
    const known = variants.get(key);
    if (!known) variants.set(key, { pod, isRolling });
    else if (!isRolling) known.isRolling = false;
  }
  return [...variants.values()];
}

function toRuntimeView({ pod, isRolling }: Variant, root: RootRecord, templateSpec: JsonRecord, onWindowsNode: boolean): PodView {
  const spec = toPodSpec(pod);
  const whole = spec.affinity === undefined && templateSpec.affinity !== undefined ? { ...spec, affinity: templateSpec.affinity } : spec;
  const metadata = { labels: root.podLabels, annotations: readShapeText(pod.shape.text).annotations };
  return createPodView({
    source: "runtime",
    path: "spec",
    spec: whole,
    metadata,
    onWindowsNode,
    podName: pod.ref.name,
    ...(isRolling ? { isRolling } : {}),
    ...(pod.nodeName === "" ? {} : { nodeName: pod.nodeName }),
  });
}

export function createWorkload(rolled: RolledUp, facts: WorkloadFacts): Workload {
  const { root, pods } = rolled;
  const nodeNames = [...new Set(pods.map((pod) => pod.nodeName).filter((name) => name !== ""))].sort();
  const onWindowsNodes = nodeNames.length > 0 && nodeNames.every(facts.isWindowsNode);
  const variants = findVariants(rolled, facts);
  return {
    ref: root.ref,
    scope: facts.scope,
    podLabels: root.podLabels,
    labels: root.labels,
    get annotations() {
      return { ...textMap(record(root.body().metadata).annotations), ...root.notes };
    },
    serviceAccountName: root.serviceAccountName,
    isHostNetwork: root.isHostNetwork,
    isDormant: root.isDormant,
    isFinished: root.isFinished,
    isSynthetic: root.kind === "Custom",
    livePods: pods.length,
    nodeNames: nodeNames.slice(0, MAX_NODE_NAMES),
    object: root.body,
    views: () => {
      const body = root.body();
      const spec = podSpecOf(body, root.path);
      const template = createPodView({ source: "template", path: root.path, spec, metadata: podMetadataOf(body, root.path), onWindowsNode: onWindowsNodes });
      return [template, ...variants.map((variant) => toRuntimeView(variant, root, spec, facts.isWindowsNode(variant.pod.nodeName)))];
    },
  };
}
