import { matchesSelector } from "../../inventory/labels/label-selector";
import { isRecord, type JsonRecord, record, records } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import type { CiliumLabels } from "../../inventory/labels/cilium-labels";
import { askedOfSelector, type AskedLabels, keyOfAsked } from "./asked-labels";
import type { Endpoint } from "./endpoint";
import { isAll, type Matched } from "./matched";

const NAMESPACE_KEY = "io.kubernetes.pod.namespace";
const NAMESPACE_LABELS = "io.cilium.k8s.namespace.labels.";

export function plainKey(key: string): string {
  return key.replace(/^(?:k8s|any):/, "");
}

/** The same selector without the sources that Cilium writes before keys. */
function plainSelector({ matchLabels, matchExpressions }: JsonRecord): JsonRecord {
  return {
    matchLabels: Object.fromEntries(Object.entries(record(matchLabels)).map(([key, value]) => [plainKey(key), value])),
    matchExpressions: records(matchExpressions).map((expression) => ({ ...expression, key: plainKey(String(expression.key)) })),
  };
}

/** Read once, however many pods are asked about. */
const keysOfSelector = rememberedOf(({ matchLabels, matchExpressions }: JsonRecord): readonly string[] =>
  [...Object.keys(record(matchLabels)), ...records(matchExpressions).map((expression) => String(expression.key))].map(plainKey),
);

function keysOf(selector: unknown): readonly string[] {
  return isRecord(selector) ? keysOfSelector(selector) : [];
}

function isOfNamespace(key: string): boolean {
  return key === NAMESPACE_KEY || key.startsWith(NAMESPACE_LABELS);
}

/** Of what is no pod: nodes, the API server, the world. */
function isReserved(key: string): boolean {
  return key.startsWith("reserved");
}

/**
 * Whether Cilium narrows the selector of a peer to pods: to those of the namespace of its policy or, in one of the whole cluster, to those of any. It
 * does not where the selector speaks of namespaces itself, in whatever way, or of what is no pod.
 */
export function isNarrowedToPods(selector: unknown, isClusterwide: boolean): boolean {
  return !keysOf(selector).some((key) => isReserved(key) || (isClusterwide ? key === NAMESPACE_KEY : isOfNamespace(key)));
}

const withoutNamespace = rememberedOf(({ matchLabels, ...others }: JsonRecord): JsonRecord => {
  const { [`k8s:${NAMESPACE_KEY}`]: _, ...kept } = record(matchLabels);
  return { ...others, matchLabels: kept };
});

/**
 * The selector of a policy that has a namespace: it takes pods of that namespace alone, and one that Cilium's own label names in another
 * place is put aside, with a warning in the log of the agent. Written without the source `k8s`, it stays as a condition that no pod meets.
 */
export function withoutForeignNamespace(selector: unknown): unknown {
  return isRecord(selector) ? withoutNamespace(selector) : {};
}

const OF_POLICY = "io.cilium.k8s.policy.";
/** Asks for the service account that a pod runs as. */
const CILIUM_ACCOUNT = `${OF_POLICY}serviceaccount`;
const CILIUM_CLUSTER = `${OF_POLICY}cluster`;

interface Condition {
  readonly key: string;
  readonly selector: unknown;
  /** Of what has no label at all. */
  readonly without: boolean;
}

/** All that a selector asks for, each by itself. */
const conditionsOf = rememberedOf((selector: JsonRecord): readonly Condition[] => {
  const { matchLabels, matchExpressions } = plainSelector(selector);
  const toCondition = (key: string, own: JsonRecord): Condition => ({ key, selector: own, without: matchesSelector(own, {}) });
  return [
    ...Object.entries(record(matchLabels)).map(([key, value]) => toCondition(key, { matchLabels: { [key]: value } })),
    ...records(matchExpressions).map((expression) => toCondition(String(expression.key), { matchExpressions: [expression] })),
  ];
});

function listConditions(selector: unknown): readonly Condition[] {
  return isRecord(selector) ? conditionsOf(selector) : [];
}

/** A label that Cilium leaves out is as good as not there. */
function matchesCondition({ key, selector, without }: Condition, labels: Readonly<Record<string, string>>, kept: CiliumLabels): Matched {
  const withLabel = matchesSelector(selector, labels);
  if (withLabel === without) return withLabel;
  const state = kept(key);
  return state === "unclear" ? null : state === "kept" ? withLabel : without;
}

/** All labels that selectors can ask for. */
export const ciliumLabelsOf = rememberedOf(({ labels, namespace, namespaceLabels, account }: Endpoint): Readonly<Record<string, string>> => {
  const ofNamespace = Object.entries(namespaceLabels).map(([key, value]) => [`${NAMESPACE_LABELS}${key}`, value]);
  return { ...labels, ...(account && { [CILIUM_ACCOUNT]: account }), ...Object.fromEntries(ofNamespace), [NAMESPACE_KEY]: namespace };
});

/** What a selector asks for in any case; none where it asks for what is not among the labels. */
export function askedOfCilium(selector: unknown): AskedLabels {
  return keysOf(selector).some((key) => key.startsWith(OF_POLICY)) ? [] : askedOfSelector(selector, plainKey);
}

/** What the selector of a peer asks of the labels that pods are written with. */
export function askedOfPeer(selector: unknown): AskedLabels {
  return askedOfCilium(selector).filter((labels) => !labels.some((label) => isOfNamespace(keyOfAsked(label))));
}

/** Labels of a pod as Cilium knows it. null = the selector asks for what was not read (clusters, labels and accounts of what is not in the set), or
 * for labels that Cilium may leave out. */
export function matchesCiliumSelector(selector: unknown, endpoint: Endpoint, kept: CiliumLabels): Matched {
  const keys = keysOf(selector);
  const { account } = endpoint;
  if (keys.some((key) => key.startsWith(OF_POLICY) && (key !== CILIUM_ACCOUNT || account === undefined))) return null;
  if (endpoint.kind === "absent" && keys.some((key) => !isOfNamespace(key))) return null;
  const labels = ciliumLabelsOf(endpoint);
  return isAll(listConditions(selector).map((condition) => matchesCondition(condition, labels, kept)));
}

/** Labels that tell what is no pod: of one address outside, or of one node, some may be there and some not. */
const OF_OUTSIDE = /^reserved[:.](?:world|kube-apiserver)/;
const OF_NODE = /^reserved[:.](?:host|remote-node|kube-apiserver)/;

/**
 * Whether a selector takes what is no pod, and so is in no namespace and has no label of pods: "not in a namespace" is true of it. Since 1.19 Cilium adds to
 * selectors that name neither a cluster nor what is no pod that the other end has the label of its own cluster, unless it is told not to, and before it does
 * if it is told to; `meansOwnCluster`: null = it is told neither.
 */
export function takesWhatIsNoPod(selector: unknown, { kind }: Endpoint, meansOwnCluster: boolean | null): Matched {
  const own = kind === "external" ? OF_OUTSIDE : OF_NODE;
  const taken = isAll(listConditions(selector).map(({ key, without }) => (own.test(key) ? null : without)));
  const isAdded = !keysOf(selector).some((key) => key === CILIUM_CLUSTER || isReserved(key)) && meansOwnCluster;
  return isAll([taken, isAdded === null ? null : !isAdded]);
}
