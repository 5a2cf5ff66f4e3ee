import { type JsonRecord, record, textMap } from "../model/json";
import type { Scope } from "../model/verdict";
import type { RolledUp } from "./owner-roll-up";
import { type PodShape, readShapeText } from "./pod-shape";
import { createPodView } from "./pod-view";
import { podMetadataOf, podSpecOf, type RootRecord } from "./root-record";
import { listRunningImages } from "./running-images";
import { newestFirst, toPodSpec } from "./synthetic-root";
import type { PodView, Workload } from "./workload";

const MAX_NODE_NAMES = 50;

/** What the roll-up cannot know of a root by itself. */
export interface WorkloadFacts {
  readonly scope: Scope;
  /** The service account's own setting; undefined = not set, or not known. */
  readonly accountAutomount: boolean | undefined;
  readonly isWindowsNode: (name: string) => boolean;
  /** "" = not known. */
  readonly architectureOf: (node: string) => string;
  /** Of the newest revision; "" = not known. */
  readonly revision: string;
}

/** A live pod that shows something its template does not. */
interface Variant {
  readonly podName: string;
  readonly nodeName: string;
  readonly shape: PodShape;
  isRolling: boolean;
}

/** Live pods whose shape the template does not show, one for each shape. */
function findVariants({ root, pods }: RolledUp, facts: WorkloadFacts): readonly Variant[] {
  if (root.kind === "Pod" || pods.length === 0) return [];
  const template = root.shape();
  const isFromPod = root.kind === "Custom" || root.kind === "StaticPod";
  const expectsToken = template.hasToken || (!isFromPod && (root.automount ?? facts.accountAutomount ?? true));
  const differing = pods.filter((pod) => pod.shape.text !== template.text || pod.shape.hasToken !== expectsToken);
  const variants = new Map<string, Variant>();
  for (const { ref, nodeName, shape, revision } of newestFirst(differing)) {
    const key = `${shape.hasToken}${shape.text}`;
    const isRolling = facts.revision !== "" && revision !== "" && revision !== facts.revision;
    const known = variants.get(key);
    if (!known) variants.set(key, { podName: ref.name, nodeName, shape, isRolling });
    else if (!isRolling) known.isRolling = false;
  }
  return [...variants.values()];
}

function toRuntimeView(variant: Variant, podLabels: PodView["labels"], templateSpec: JsonRecord, onWindowsNode: boolean): PodView {
  const { podName, nodeName, shape } = variant;
  const spec = toPodSpec(variant);
  const whole = spec.affinity === undefined && templateSpec.affinity !== undefined ? { ...spec, affinity: templateSpec.affinity } : spec;
  return createPodView({
    source: "runtime",
    path: "spec",
    spec: whole,
    metadata: { labels: podLabels, annotations: readShapeText(shape.text).annotations },
    onWindowsNode,
    podName,
    ...(variant.isRolling ? { isRolling: true } : {}),
    ...(nodeName === "" ? {} : { nodeName }),
  });
}

type Decoded = Pick<Workload, "object" | "views"> & { readonly annotations: () => Workload["annotations"] };

/** What was made of a body: of one that stays in memory once, of a decoded one until it is let go. */
const viewsOf = new WeakMap<JsonRecord, { readonly variants: readonly Variant[]; readonly views: readonly PodView[] }>();

/** Apart from createWorkload, so that shapes and pods are not kept alive by what outlives the roll-up. */
function decodeLater(
  root: Pick<RootRecord, "paths" | "body" | "podLabels" | "notes">,
  variants: readonly Variant[],
  facts: WorkloadFacts,
  onWindowsNode: boolean,
): Decoded {
  const { paths, body, podLabels, notes } = root;
  const { isWindowsNode } = facts;
  return {
    object: body,
    annotations: () => ({ ...textMap(record(body().metadata).annotations), ...notes }),
    views: () => {
      const whole = body();
      const known = viewsOf.get(whole);
      if (known?.variants === variants) return known.views;
      const templates = paths.map((path) =>
        createPodView({ source: "template", path, spec: podSpecOf(whole, path), metadata: podMetadataOf(whole, path), onWindowsNode }),
      );
      const spec = templates[0]?.spec ?? {};
      const views = [...templates, ...variants.map((variant) => toRuntimeView(variant, podLabels, spec, isWindowsNode(variant.nodeName)))];
      viewsOf.set(whole, { variants, views });
      return views;
    },
  };
}

export function createWorkload(rolled: RolledUp, facts: WorkloadFacts): Workload {
  const { root, pods } = rolled;
  const nodeNames = [...new Set(pods.map((pod) => pod.nodeName).filter((name) => name !== ""))].sort();
  const onWindowsNodes = nodeNames.length > 0 && nodeNames.every(facts.isWindowsNode);
  const { object, views, annotations } = decodeLater(root, findVariants(rolled, facts), facts, onWindowsNodes);
  return {
    ref: root.ref,
    scope: facts.scope,
    podLabels: root.podLabels,
    labels: root.labels,
    get annotations() {
      return annotations();
    },
    serviceAccountName: root.serviceAccountName,
    isHostNetwork: root.isHostNetwork,
    isDormant: root.isDormant,
    isFinished: root.isFinished,
    isSynthetic: root.kind === "Custom",
    livePods: pods.length,
    nodeNames: nodeNames.slice(0, MAX_NODE_NAMES),
    runningImages: listRunningImages(pods, facts.architectureOf),
    object,
    views,
  };
}
