import { matchesSelector } from "../../inventory/labels/label-selector";
import { record, records } from "../../model/json";
import type { CiliumLabels } from "../../inventory/labels/cilium-labels";
import type { Endpoint } from "./endpoint";
import { isAll, type Matched } from "./matched";

const NAMESPACE_KEY = "io.kubernetes.pod.namespace";
const NAMESPACE_LABELS = "io.cilium.k8s.namespace.labels.";

function plainKey(key: string): string {
  return key.replace(/^(?:k8s|any):/, "");
}

/** The same selector without the sources that Cilium writes before keys. */
function plainSelector(selector: unknown): Record<string, unknown> {
  const { matchLabels, matchExpressions } = record(selector);
  return {
    matchLabels: Object.fromEntries(Object.entries(record(matchLabels)).map(([key, value]) => [plainKey(key), value])),
    matchExpressions: records(matchExpressions).map((expression) => ({ ...expression, key: plainKey(String(expression.key)) })),
  };
}

function keysOf(selector: unknown): readonly string[] {
  const { matchLabels, matchExpressions } = record(selector);
  return [...Object.keys(record(matchLabels)), ...records(matchExpressions).map((expression) => String(expression.key))].map(plainKey);
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

/**
 * The selector of a policy that has a namespace: it takes pods of that namespace alone, and one that Cilium's own label names in another
 * place is put aside, with a warning in the log of the agent. Written without the source `k8s`, it stays as a condition that no pod meets.
 */
export function withoutForeignNamespace(selector: unknown): unknown {
  const { matchLabels, ...others } = record(selector);
  const { [`k8s:${NAMESPACE_KEY}`]: _, ...kept } = record(matchLabels);
  return { ...others, matchLabels: kept };
}

/** Asks for the service account that a pod runs as. */
const CILIUM_ACCOUNT = "io.cilium.k8s.policy.serviceaccount";

interface Condition {
  readonly key: string;
  readonly selector: unknown;
}

/** All that a selector asks for, each by itself. */
function listConditions({ matchLabels, matchExpressions }: Readonly<Record<string, unknown>>): readonly Condition[] {
  return [
    ...Object.entries(record(matchLabels)).map(([key, value]) => ({ key, selector: { matchLabels: { [key]: value } } })),
    ...records(matchExpressions).map((expression) => ({ key: String(expression.key), selector: { matchExpressions: [expression] } })),
  ];
}

/** A label that Cilium leaves out is as good as not there. */
function matchesCondition({ key, selector }: Condition, labels: Readonly<Record<string, string>>, kept: CiliumLabels): Matched {
  const [withLabel, without] = [matchesSelector(selector, labels), matchesSelector(selector, {})];
  if (withLabel === without) return withLabel;
  const state = kept(key);
  return state === "unclear" ? null : state === "kept" ? withLabel : without;
}

/** Labels of a pod as Cilium knows it. null = the selector asks for what was not read (clusters, labels and accounts of what is not in the set), or
 * for labels that Cilium may leave out. */
export function matchesCiliumSelector(selector: unknown, endpoint: Endpoint, kept: CiliumLabels): Matched {
  const keys = keysOf(selector);
  const { account } = endpoint;
  if (keys.some((key) => key.startsWith("io.cilium.k8s.policy.") && (key !== CILIUM_ACCOUNT || account === undefined))) return null;
  const namespaceLabels = Object.entries(endpoint.namespaceLabels).map(([key, value]) => [`${NAMESPACE_LABELS}${key}`, value]);
  if (endpoint.kind === "absent" && keys.some((key) => !isOfNamespace(key))) return null;
  const own = { ...endpoint.labels, ...(account && { [CILIUM_ACCOUNT]: account }) };
  const labels = { ...own, ...Object.fromEntries(namespaceLabels), [NAMESPACE_KEY]: endpoint.namespace };
  return isAll(listConditions(plainSelector(selector)).map((condition) => matchesCondition(condition, labels, kept)));
}

/** Labels that tell what is no pod: of one address outside, or of one node, some may be there and some not. */
const OF_OUTSIDE = /^reserved[:.](?:world|kube-apiserver)/;
const OF_NODE = /^reserved[:.](?:host|remote-node|kube-apiserver)/;

/** Whether a selector takes what is no pod, and so is in no namespace and has no label of pods: "not in a namespace" is true of it. */
export function takesWhatIsNoPod(selector: unknown, { kind }: Endpoint): Matched {
  const own = kind === "external" ? OF_OUTSIDE : OF_NODE;
  return isAll(listConditions(plainSelector(selector)).map((condition) => (own.test(condition.key) ? null : matchesSelector(condition.selector, {}))));
}
