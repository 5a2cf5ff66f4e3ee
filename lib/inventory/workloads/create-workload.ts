import { type JsonRecord, record, textMap } from "../../model/json";
import type { Scope } from "../../model/verdict";
import { remembered } from "../../model/remembered";
import type { LivePod } from "./live-pod";
import type { RolledUp } from "./owner-roll-up";
import { hasSeveralKindsOfPods, labelsOfPod, lastingText, listPodLabelSets } from "../labels/pod-label-sets";
import { completeAnnotations, type PodShape, readShapeText } from "./pod-shape";
import { createPodView } from "./pod-view";
import { podMetadataOf, podSpecOf, type RootRecord, type TemplateRecord } from "./root-record";
import { matchesSelector } from "../labels/label-selector";
import { listRunningImages } from "../images/running-images";
import { newestFirst, toPodSpec } from "./synthetic-root";
import type { PodView, Workload } from "./workload";

/** What the roll-up cannot know of a root by itself. */
export interface WorkloadFacts {
  readonly scope: Scope;
  /** A service account's own setting; undefined = not set, or not known. */
  readonly accountAutomount: (account: string) => boolean | undefined;
  readonly isWindowsNode: (name: string) => boolean;
  /** Of the name of a RuntimeClass. */
  readonly isWindowsClass: (name: unknown) => boolean;
  /** "" = not known. */
  readonly architectureOf: (node: string) => string;
  /** Of the newest revision; "" = not known. */
  readonly revision: string;
}

/** A live pod that shows something its template does not. */
interface Variant {
  /** Left out = it was there once, and its labels are remembered. */
  readonly podName?: string;
  /** Of this and of the others that show the same. */
  readonly nodeNames: Set<string>;
  readonly shape: PodShape;
  readonly labels: PodView["labels"];
  isRolling: boolean;
}

/** Whether the labels of a live pod are those of a template. What pods of a custom owner are for is told by them alone. */
function createIsLabelledAs(root: RootRecord): (pod: LivePod, template: TemplateRecord) => boolean {
  if (!hasSeveralKindsOfPods(root)) return () => true;
  const lasting = remembered((labels: string) => lastingText(labelsOfPod({ labels })), { limit: 1_000 });
  return ({ labels }, template) =>
    root.kind === "Templated" ? matchesSelector({ matchLabels: template.labels }, labelsOfPod({ labels })) : lasting(labels) === lastingText(template.labels);
}

interface LiveShapes {
  /** Live pods that no template shows, one for each shape. */
  readonly variants: readonly Variant[];
  readonly runsAsWritten: boolean;
}

/** Pods of which the labels alone are remembered: like the one that stands for all in the rest. */
function listRemembered({ otherPodLabels, templates: [template] }: RootRecord): readonly Variant[] {
  if (otherPodLabels.length === 0) return [];
  const shape = template.shape();
  return otherPodLabels.map((labels) => ({ nodeNames: new Set(), shape, labels, isRolling: false }));
}

function compareWithTemplates({ root, pods }: RolledUp, facts: WorkloadFacts): LiveShapes {
  // A pod of a manifest is not there yet: only the server says when it made one.
  if (root.kind === "Pod") return { variants: [], runsAsWritten: pods.some(({ createdAtMs }) => createdAtMs > 0) };
  if (pods.length === 0) return { variants: listRemembered(root), runsAsWritten: false };
  const isFromPod = root.kind === "Custom" || root.kind === "StaticPod";
  const isLabelledAs = createIsLabelledAs(root);
  const shown = root.templates.map((template) => {
    const { text, hasToken } = template.shape();
    const expectsToken = hasToken || (!isFromPod && (template.automount ?? facts.accountAutomount(template.serviceAccountName) ?? true));
    return { template, text, expectsToken };
  });
  const differing = pods.filter(
    (pod) => !shown.some(({ template, text, expectsToken }) => pod.shape.text === text && pod.shape.hasToken === expectsToken && isLabelledAs(pod, template)),
  );
  const variants = new Map<string, Variant>();
  for (const pod of newestFirst(differing)) {
    const { ref, nodeName, shape, revision } = pod;
    const labels = hasSeveralKindsOfPods(root) ? labelsOfPod(pod) : root.templates[0].labels;
    const key = `${shape.hasToken}${shape.text}${hasSeveralKindsOfPods(root) ? lastingText(labels) : ""}`;
    const isRolling = facts.revision !== "" && revision !== "" && revision !== facts.revision;
    const known = variants.get(key) ?? { podName: ref.name, nodeNames: new Set(), shape, labels, isRolling };
    variants.set(key, known);
    if (!isRolling) known.isRolling = false;
    if (nodeName !== "") known.nodeNames.add(nodeName);
  }
  return { variants: [...variants.values()], runsAsWritten: isFromPod || differing.length < pods.length };
}

function toRuntimeView(variant: Variant, template: Pick<PodView, "spec" | "annotations">, onWindowsNode: boolean): PodView {
  const { podName, nodeNames, shape, labels } = variant;
  return createPodView({
    source: "runtime",
    path: "spec",
    spec: toPodSpec(variant, template.spec),
    metadata: { labels, annotations: completeAnnotations(readShapeText(shape.text).annotations, template.annotations) },
    onWindowsNode,
    ...(podName === undefined ? {} : { podName }),
    ...(variant.isRolling ? { isRolling: true } : {}),
    ...(nodeNames.size === 0 ? {} : { nodeNames: [...nodeNames].sort() }),
  });
}

type Decoded = Pick<Workload, "object" | "views"> & { readonly annotations: () => Workload["annotations"] };

/** What was made of a body: of one that stays in memory once, of a decoded one until it is let go. */
const viewsOf = new WeakMap<JsonRecord, { readonly variants: readonly Variant[]; readonly views: readonly PodView[] }>();

/** Apart from createWorkload, so that shapes and pods are not kept alive by what outlives the roll-up. */
function decodeLater(root: Pick<RootRecord, "paths" | "body" | "notes">, variants: readonly Variant[], facts: WorkloadFacts, onWindowsNode: boolean): Decoded {
  const { paths, body, notes } = root;
  const { isWindowsNode, isWindowsClass } = facts;
  return {
    object: body,
    annotations: () => ({ ...textMap(record(body().metadata).annotations), ...notes }),
    views: () => {
      const whole = body();
      const known = viewsOf.get(whole);
      if (known?.variants === variants) return known.views;
      const templates = paths.map((path) => {
        const spec = podSpecOf(whole, path);
        const isWindows = onWindowsNode || isWindowsClass(spec.runtimeClassName);
        return createPodView({ source: "template", path, spec, metadata: podMetadataOf(whole, path), onWindowsNode: isWindows });
      });
      const [first, ...others] = templates;
      // Of several templates nobody knows which one a pod was made from.
      const source = first && others.length === 0 ? first : { spec: { affinity: first?.spec.affinity }, annotations: {} };
      const views = [...templates, ...variants.map((variant) => toRuntimeView(variant, source, [...variant.nodeNames].some(isWindowsNode)))];
      viewsOf.set(whole, { variants, views });
      return views;
    },
  };
}

function nodesOf(pods: readonly LivePod[]): readonly string[] {
  return [...new Set(pods.map((pod) => pod.nodeName).filter((name) => name !== ""))].sort();
}

function toReady(pods: readonly LivePod[]): Workload["ready"] {
  if (pods.every(({ isReady }) => isReady === null)) return null;
  const ready = pods.filter(({ isReady }) => isReady !== false);
  return { pods: ready.length, nodeNames: nodesOf(ready) };
}

export function createWorkload(rolled: RolledUp, facts: WorkloadFacts): Workload {
  const { root, pods } = rolled;
  const nodeNames = nodesOf(pods);
  const onWindowsNodes = nodeNames.length > 0 && nodeNames.every(facts.isWindowsNode);
  const { variants, runsAsWritten } = compareWithTemplates(rolled, facts);
  const { object, views, annotations } = decodeLater(root, variants, facts, onWindowsNodes);
  return {
    ref: root.ref,
    scope: facts.scope,
    podLabelSets: listPodLabelSets(root, pods),
    unsharedLabels: root.unsharedLabels,
    labels: root.labels,
    get annotations() {
      return annotations();
    },
    serviceAccountNames: [...new Set(root.templates.map(({ serviceAccountName }) => serviceAccountName))],
    hostNetwork: root.templates.every(({ isHostNetwork }) => isHostNetwork)
      ? "all"
      : root.templates.some(({ isHostNetwork }) => isHostNetwork)
        ? "some"
        : "none",
    isDormant: root.isDormant,
    isFinished: root.isFinished,
    isSynthetic: root.kind === "Custom",
    livePods: pods.length,
    ready: toReady(pods),
    runsAsWritten,
    nodeNames,
    pullSecretNames: [...new Set(pods.flatMap((pod) => pod.pullSecrets.split("\n")))].filter((name) => name !== "").sort(),
    runningImages: listRunningImages(pods, facts.architectureOf),
    object,
    views,
  };
}
