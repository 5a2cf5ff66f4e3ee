import { isEveryAddress } from "./match-peer";
import { resourceKey } from "../../model/resource-ref";
import type { KubeObject } from "../../inventory/kube-object";
import { isInCidr, isPrivateCidr } from "../../model/ip-address";
import { type JsonRecord, list, record, text, texts } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import type { AccountLabels } from "./account-labels";
import { type AskedLabels, listAsked, toAsked } from "./asked-labels";
import { type AddressAsk, askRanges } from "./ask-range";
import { type CalicoLabels, parseCalicoSelector } from "./calico-selector";
import type { Endpoint } from "./endpoint";
import { isUnrouted } from "./is-unrouted";
import { isAll, isAny, isNot, type Matched } from "./matched";
import type { PolicyGaps } from "./policy-gaps";

/** What rules choose from beside pods. */
export interface CalicoWorld {
  /** Named ranges of addresses, by whose labels rules may choose them. */
  readonly sets: readonly KubeObject[];
  /** Interfaces of nodes, which rules may choose by their labels, too. */
  readonly hosts: readonly KubeObject[];
  /** There may be sets that were not given. */
  readonly mayHaveMore?: true;
  /** Sets that could not be read are among those that rules may choose. */
  readonly gaps: PolicyGaps;
  readonly accounts: AccountLabels;
}

const NAMESPACE = "projectcalico.org/namespace";
const ACCOUNT = "projectcalico.org/serviceaccount";
const NAME = "projectcalico.org/name";
/** What labels of a namespace and of a service account are called on their pods. */
export const OF_NAMESPACE = "pcns.";
const OF_ACCOUNT = "pcsa.";

function ofAccount(key: string, { account, namespace }: Endpoint, accounts: AccountLabels): string | undefined | null {
  if (account === undefined) return null;
  if (key === NAME) return account || undefined;
  const labels = account === "" ? {} : accounts(namespace, account);
  return labels === null ? null : labels[key];
}

/** Labels of pods that are not in the set are not known. */
function labelsOfPod(pod: Endpoint, accounts: AccountLabels): CalicoLabels {
  return (key) => {
    if (Object.hasOwn(pod.labels, key)) return pod.labels[key];
    if (key === NAMESPACE) return pod.namespace;
    if (key === "projectcalico.org/orchestrator") return "k8s";
    if (key === ACCOUNT) return pod.account === undefined ? null : pod.account || undefined;
    if (key.startsWith(OF_ACCOUNT)) return ofAccount(key.slice(OF_ACCOUNT.length), pod, accounts);
    if (key.startsWith(OF_NAMESPACE)) return key === `${OF_NAMESPACE}${NAME}` ? pod.namespace : pod.namespaceLabels[key.slice(OF_NAMESPACE.length)];
    return pod.kind === "absent" ? null : undefined;
  };
}

const EQUAL = /\s*([A-Za-z0-9_][\w./-]*)\s*==\s*(?:'([^']*)'|"([^"]*)")\s*(?:&&|$)/y;

/** What a selector asks for in any case, where it is nothing but equalities. */
function askedOfEqualities(source: unknown, prefix: string): AskedLabels {
  const written = text(source) ?? "";
  if (parseCalicoSelector(written, true) === null) return [];
  const asked: string[][] = [];
  for (EQUAL.lastIndex = 0; EQUAL.lastIndex < written.length; ) {
    const [, key, single, double] = EQUAL.exec(written) ?? [];
    if (key === undefined) return [];
    // Other labels of Calico's own are not listed for a pod.
    if (key === NAMESPACE || !/^(?:projectcalico\.org\/|pcns\.|pcsa\.)/.test(key)) asked.push([toAsked(`${prefix}${key}`, single ?? double)]);
  }
  return asked;
}

/** What one end of a rule asks of pods in any case; one that leaves some out looks at all. */
export function askedOfEnd({ selector, notSelector, namespaceSelector }: JsonRecord): AskedLabels {
  return text(notSelector) ? [] : [...askedOfEqualities(namespaceSelector, OF_NAMESPACE), ...askedOfEqualities(selector, "")];
}

/** What the selectors of a policy ask of pods in any case. */
export function askedOfCalico({ ref, body }: KubeObject): AskedLabels {
  const { selector, namespaceSelector } = record(body.spec);
  const isGlobal = ref.kind === "GlobalNetworkPolicy";
  const place = isGlobal ? askedOfEqualities(namespaceSelector, OF_NAMESPACE) : [[toAsked(NAMESPACE, ref.namespace)]];
  return [...place, ...askedOfEqualities(selector, "")];
}

/** What a pod answers to that. */
export const askedOfPod = rememberedOf(({ labels, namespace, namespaceLabels }: Endpoint): readonly string[] => [
  ...listAsked(labels),
  ...[NAMESPACE, `${OF_NAMESPACE}${NAMESPACE}`].map((key) => toAsked(key, namespace)),
  ...Object.entries(namespaceLabels).map(([key, value]) => toAsked(`${OF_NAMESPACE}${key}`, value)),
]);

/** Labels that Calico may add to sets: which of them, and from which version on, is not written down. */
function listOwnLabels({ ref }: KubeObject): readonly Readonly<Record<string, string>>[] {
  const place = ref.namespace === null ? {} : { [NAMESPACE]: ref.namespace };
  return [{}, place, { ...place, [NAME]: ref.name, "projectcalico.org/kind": ref.kind }];
}

/** Sets take on the labels of their namespace, and none of accounts. */
function labelsOfSet({ ref, labels }: KubeObject, own: Readonly<Record<string, string>>): CalicoLabels {
  const known: Readonly<Record<string, string>> = { ...labels, ...own };
  return (key) => {
    if (Object.hasOwn(known, key)) return known[key];
    if (key.startsWith(OF_NAMESPACE)) return ref.namespace === null ? undefined : key === `${OF_NAMESPACE}${NAME}` ? ref.namespace : null;
    return /^projectcalico\.org\/(?!(?:namespace|name|kind|serviceaccount)$)/.test(key) ? null : undefined;
  };
}

function labelsOfAnySet(key: string): null | undefined {
  return key === ACCOUNT || key.startsWith(OF_ACCOUNT) ? undefined : null;
}

function select(source: unknown, labels: CalicoLabels, isNamespaced = true): Matched {
  const selector = parseCalicoSelector(text(source) ?? "", isNamespaced);
  return selector ? selector(labels) : null;
}

function selectNamespace(source: unknown, labels: CalicoLabels, isNamespaced: boolean): Matched {
  return select(source, (key) => labels(`${OF_NAMESPACE}${key}`), isNamespaced);
}

function selectAccount(source: unknown, labels: CalicoLabels): Matched {
  return select(source, (key) => labels(`${OF_ACCOUNT}${key}`));
}

/** Whether the selectors of a policy take a pod; namespaces are for those of the whole cluster to choose. */
export function selectsPod(spec: JsonRecord, isGlobal: boolean, pod: Endpoint, { accounts }: CalicoWorld): Matched {
  const labels = labelsOfPod(pod, accounts);
  return isAll([
    select(spec.selector, labels),
    isGlobal ? selectNamespace(spec.namespaceSelector, labels, true) : true,
    selectAccount(spec.serviceAccountSelector, labels),
  ]);
}

function labelsOfHost(labels: Readonly<Record<string, string>>): CalicoLabels {
  return (key) => (Object.hasOwn(labels, key) ? labels[key] : undefined);
}

/** Whether they take an interface of a node, which is in no namespace and runs as no account; null = its labels are not known. */
export function selectsHost(spec: JsonRecord, labels: Readonly<Record<string, string>> | null): Matched {
  const own: CalicoLabels = labels === null ? () => null : labelsOfHost(labels);
  const none: CalicoLabels = () => undefined;
  return isAll([select(spec.selector, own), selectNamespace(spec.namespaceSelector, none, false), selectAccount(spec.serviceAccountSelector, none)]);
}

const PRIVATE_STARTS = ["10.0.0.0", "172.16.0.0", "192.168.0.0", "100.64.0.0"] as const;

/** Pods may have any address but the public ones of IPv4. */
function mayHoldPods(net: string): boolean {
  if (isUnrouted(net)) return false;
  return net.includes(":") || isPrivateCidr(net) || PRIVATE_STARTS.some((start) => isInCidr(start, net));
}

/** Of a set that lists more, the other end is in one of its ranges or in none: asked about each of thousands, for every pod, a scan would take minutes. */
const MOST_ASKED = 100;

interface SetRanges {
  readonly nets: readonly string[];
  readonly isEvery: boolean;
  readonly mayHoldPods: boolean;
}

/** Read once, however many pods ask. */
const rangesOf = rememberedOf((body: JsonRecord): SetRanges => {
  const nets = texts(record(body.spec).nets);
  return { nets, isEvery: nets.some(isEveryAddress), mayHoldPods: nets.some(mayHoldPods) };
});

function isInSet(set: KubeObject, other: Endpoint, ask: AddressAsk | null): Matched {
  const { nets, isEvery } = rangesOf(set.body);
  const isOneQuestion = nets.length > MOST_ASKED && other.address === undefined && ask !== null && !isEvery;
  return isOneQuestion ? ask.supposed.ask(`set ${resourceKey(set.ref)}`, ask.doubt) : askRanges(nets, other, ask);
}

type Selects = (labels: CalicoLabels, isNamespaced: boolean) => Matched;

/** Which sets selectors take, or may take, whether pods may be in one of them, and whether they may take an interface of a node. */
interface Taken {
  readonly sets: readonly { readonly set: KubeObject; readonly chosen: true | null }[];
  readonly mayHoldPods: boolean;
  readonly mayBeHost: boolean;
}

/** The same for whichever end is asked about: looked through for each of them, a few hundred sets would take a scan minutes. */
const takenIn = rememberedOf(({ sets, hosts }: CalicoWorld) =>
  rememberedOf((selects: Selects): Taken => {
    const isChosen = (set: KubeObject): Matched => {
      const [first = false, ...others] = listOwnLabels(set).map((own) => selects(labelsOfSet(set, own), set.ref.namespace !== null));
      return others.every((one) => one === first) ? first : null;
    };
    const taken = sets.flatMap((set) => {
      const chosen = isChosen(set);
      return chosen === false ? [] : [{ set, chosen }];
    });
    return {
      sets: taken,
      mayHoldPods: taken.some(({ set }) => rangesOf(set.body).mayHoldPods),
      // On which node an end is, is not known; an interface that names no address has none for rules.
      mayBeHost: hosts.some(({ body, labels }) => texts(record(body.spec).expectedIPs).length > 0 && selects(labelsOfHost(labels), false) !== false),
    };
  }),
);

/**
 * Whether an end has one of the addresses that selectors stand for: those of pods, of nodes, and of sets, which may be anybody's. `isBound`: only what
 * is in the namespace of the policy.
 */
function hasAddress(selects: Selects, endpoint: Endpoint, isBound: boolean, world: CalicoWorld, ask: AddressAsk | null): Matched {
  const { gaps, accounts, mayHaveMore } = world;
  const isOutside = endpoint.isHostNetwork || endpoint.kind === "external";
  const ofPods = isOutside ? false : selects(labelsOfPod(endpoint, accounts), true);
  if (ofPods === true) return true;
  const taken = takenIn(world)(selects);
  const mayBeUnread = gaps.localSet !== undefined || (gaps.globalSet !== undefined && !isBound);
  const mayBeHost = endpoint.isHostNetwork && (taken.mayBeHost || (gaps.hostEndpoint !== undefined && !isBound));
  const mayBeElsewhere = mayHaveMore === true && endpoint.kind === "external" && selects(labelsOfAnySet, true) !== false;
  const mayBeInSet = endpoint.isHostNetwork ? taken.sets.length > 0 : taken.mayHoldPods;
  const ofSets = endpoint.kind === "external" ? taken.sets.map(({ set, chosen }) => isAll([chosen, isInSet(set, endpoint, ask)])) : [mayBeInSet ? null : false];
  return isAny([ofPods, mayBeHost || mayBeUnread || mayBeElsewhere ? null : false, ...ofSets]);
}

/** The selectors of an end as one; null = it has none. As soon as it has any, it is bound to the namespace of its policy unless it names others. */
function positiveOf({ selector, notSelector, namespaceSelector, serviceAccounts }: JsonRecord, policyNamespace: string | null): Selects | null {
  const { names, selector: ofAccounts } = record(serviceAccounts);
  const accounts = texts(names);
  const hasOwn = [selector, namespaceSelector, ofAccounts].some((source) => text(source)) || accounts.length > 0;
  if (!hasOwn && (policyNamespace === null || !text(notSelector))) return null;
  const place: Selects = text(namespaceSelector)
    ? (labels, isNamespaced) => selectNamespace(namespaceSelector, labels, isNamespaced)
    : (labels) => policyNamespace === null || (labels(NAMESPACE) === null ? null : labels(NAMESPACE) === policyNamespace);
  const account = (labels: CalicoLabels): Matched => (labels(ACCOUNT) === null ? null : accounts.includes(labels(ACCOUNT) ?? ""));
  return (labels, isNamespaced) =>
    isAll([place(labels, isNamespaced), select(selector, labels), selectAccount(ofAccounts, labels), accounts.length === 0 || account(labels)]);
}

/** Addresses of pods are not known, so a range of them cannot be told. */
function isInNets({ nets, notNets }: JsonRecord, endpoint: Endpoint, ask: AddressAsk | null): Matched {
  const holds = (ranges: unknown): Matched => askRanges(list(ranges), endpoint, ask);
  return isAll([list(nets).length === 0 || holds(nets), isNot(holds(notNets))]);
}

/** What an end of a rule takes, and what it leaves out; null = it says nothing of that. */
interface EndSelectors {
  readonly positive: Selects | null;
  readonly negative: Selects | null;
}

/** By the namespace of its policy: files may write one rule for several policies. */
const selectorsOf = rememberedOf((_: JsonRecord) => new Map<string | null, EndSelectors>());

function readSelectors(end: JsonRecord, policyNamespace: string | null): EndSelectors {
  const read = selectorsOf(end);
  const known = read.get(policyNamespace);
  if (known) return known;
  const negative: Selects = (labels) => select(end.notSelector, labels);
  const selectors = { positive: positiveOf(end, policyNamespace), negative: text(end.notSelector) ? negative : null };
  read.set(policyNamespace, selectors);
  return selectors;
}

/** One end of a rule. */
export function matchesEnd(end: JsonRecord, endpoint: Endpoint, policyNamespace: string | null, world: CalicoWorld, ask: AddressAsk | null): Matched {
  const { namespaceSelector, services, domains } = end;
  if (services !== undefined && endpoint.address !== undefined && isUnrouted(endpoint.address)) return false;
  if (services !== undefined || list(domains).length > 0) return null;
  const { positive, negative } = readSelectors(end, policyNamespace);
  const isBound = policyNamespace !== null && !text(namespaceSelector);
  return isAll([
    positive ? hasAddress(positive, endpoint, isBound, world, ask) : true,
    negative ? isNot(hasAddress(negative, endpoint, false, world, ask)) : true,
    isInNets(end, endpoint, ask),
  ]);
}
