import { decodedTexts, isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import type { AdminPolicy } from "./admin-policy";
import { NAME_LABEL } from "./namespace-labels";
import { portNamesOf } from "./port-cuts-of";
import type { PolicyIndex } from "./policy-index";

type Labels = Readonly<Record<string, string>>;

/** Which labels selectors ask for, and for which values; "any" = the value itself matters. */
export class LabelUse {
  readonly #keys = new Map<string, Set<string> | "any">();

  addKey(key: string, values: readonly string[] | ReadonlySet<string> | "any"): void {
    const known = this.#keys.get(key);
    if (known === "any") return;
    if (values === "any" || known === undefined) this.#keys.set(key, values === "any" ? values : new Set(values));
    else for (const value of values) known.add(value);
  }

  /** Another may be of a bundle of its own, which none of ours looks into. */
  addAll(other: LabelUse): void {
    for (const [key, values] of other.list()) this.addKey(key, values);
  }

  /** A metav1.LabelSelector; `rename` undoes what another API adds to keys, and says null of those that are of something else. */
  addSelector(selector: unknown, rename: (key: string) => string | null = (key) => key): void {
    const { matchLabels, matchExpressions } = record(selector);
    const add = (written: string, values: readonly string[]): void => {
      const key = rename(written);
      if (key !== null) this.addKey(key, values);
    };
    for (const [key, value] of Object.entries(record(matchLabels))) add(key, [String(value ?? "")]);
    for (const expression of records(matchExpressions)) add(text(expression.key) ?? "", decodedTexts(expression.values));
  }

  list(): readonly (readonly [key: string, values: ReadonlySet<string> | "any"])[] {
    return [...this.#keys];
  }

  /** The same for two that ask for the same. */
  toText(): string {
    return JSON.stringify(Array.from(this.#keys, ([key, values]) => [key, values === "any" ? values : [...values]]));
  }

  get size(): number {
    return this.#keys.size;
  }

  /** All that selectors can see of labels. */
  view(labels: Labels): string {
    let seen = "";
    for (const [key, values] of this.#keys) {
      const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
      seen += value === undefined ? "\n" : values === "any" || values.has(value) ? `=${value}\n` : "*\n";
    }
    return seen;
  }

  /** All that selectors can see of a label; null = they do not ask for it. */
  see(key: string, value: string): string | null {
    const values = this.#keys.get(key);
    if (values === undefined) return null;
    return values === "any" || values.has(value) ? `=${value}` : "*";
  }
}

/** Two sets of labels with the same signature are the same to every selector counted in `uses`. */
export function signatureOf(labels: Labels, uses: readonly LabelUse[]): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(labels)) {
    const seen = uses.map((use) => use.see(key, value)).filter((part) => part !== null);
    if (seen.length > 0) parts.push(`${key}${seen.find((part) => part !== "*") ?? "*"}`);
  }
  return parts.sort().join("\n");
}

/** What the policies of a set ask of pods and namespaces. */
export interface SelectorUse {
  /** Of pods in a namespace, by policies of that namespace. */
  readonly local: ReadonlyMap<string, LabelUse>;
  /** Of pods anywhere. */
  readonly pods: LabelUse;
  readonly namespaces: LabelUse;
  /** Of the service accounts that pods run as. */
  readonly hasAccounts: boolean;
  readonly portNames: ReadonlySet<string>;
}

export function addAdmin({ subject, rules }: AdminPolicy, pods: LabelUse, namespaces: LabelUse): void {
  const addNamespaces = (selector: unknown) => {
    const { related, namespaceSelector, sameLabels, notSameLabels } = record(selector);
    for (const part of [selector, namespaceSelector]) namespaces.addSelector(part);
    for (const key of [...texts(sameLabels), ...texts(notSameLabels), ...(related ? [NAME_LABEL] : [])]) namespaces.addKey(key, "any");
  };
  for (const selection of [subject, ...[...rules.ingress, ...rules.egress].flatMap((rule) => rule.peers)]) {
    addNamespaces(selection.namespaces);
    if (!isRecord(selection.pods)) continue;
    addNamespaces(selection.pods.namespaces ?? selection.pods.namespaceSelector);
    pods.addSelector(selection.pods.podSelector);
  }
}

const CILIUM_NAMESPACE = "io.cilium.k8s.namespace.labels.";

function addCilium(spec: JsonRecord, pods: LabelUse, namespaces: LabelUse): void {
  const plain = (key: string) => key.replace(/^(?:k8s|any):/, "");
  const ofNamespace = (written: string): string | null => {
    const key = plain(written);
    if (key === "io.kubernetes.pod.namespace") return NAME_LABEL;
    return key.startsWith(CILIUM_NAMESPACE) ? key.slice(CILIUM_NAMESPACE.length) : null;
  };
  const add = (selector: unknown): void => {
    pods.addSelector(selector, plain);
    namespaces.addSelector(selector, ofNamespace);
  };
  add(spec.endpointSelector);
  const peers = ["fromEndpoints", "fromRequires", "toEndpoints", "toRequires"];
  for (const section of ["ingress", "ingressDeny", "egress", "egressDeny"])
    for (const rule of records(spec[section])) for (const key of peers) list(rule[key]).forEach(add);
}

const OF_NAMESPACE = "pcns.";

/** `isOfNamespaces`: a selector that speaks of namespaces alone; others write a prefix before their labels. */
function addCalicoSelector(source: unknown, { pods, namespaces }: Pick<SelectorUse, "pods" | "namespaces">, isOfNamespaces: boolean): void {
  const written = text(source) ?? "";
  const isPart = /\b(?:contains|starts\s+with|ends\s+with)\b/.test(written);
  const values = isPart ? "any" : [...written.matchAll(/'([^']*)'|"([^"]*)"/g)].map((match) => match[1] ?? match[2] ?? "");
  const bare = written.replace(/'[^']*'|"[^"]*"/g, " ").replace(/\b(?:has|all|global)\s*\(|\s(?:not\s+)?in\s*\{/g, " ");
  for (const [key] of bare.matchAll(/[A-Za-z0-9_][\w./-]*/g)) {
    pods.addKey(key, values);
    const plain = key.startsWith(OF_NAMESPACE) ? key.slice(OF_NAMESPACE.length) : key;
    if (plain.startsWith("projectcalico.org/na")) namespaces.addKey(NAME_LABEL, values);
    else if (isOfNamespaces || plain !== key) namespaces.addKey(plain, values);
  }
}

type Use = Pick<SelectorUse, "pods" | "namespaces">;

/** The selectors of a policy, or of one end of a rule. */
export function addCalicoEnd({ selector, notSelector, namespaceSelector }: JsonRecord, use: Use): void {
  for (const source of [selector, notSelector]) addCalicoSelector(source, use, false);
  addCalicoSelector(namespaceSelector, use, true);
}

function addCalico(spec: JsonRecord, use: Use): void {
  const ends = [...records(spec.ingress), ...records(spec.egress)].flatMap((rule) => [record(rule.source), record(rule.destination)]);
  for (const end of [spec, ...ends]) addCalicoEnd(end, use);
}

const OF_ACCOUNTS = /serviceaccount|pcsa\./i;

export function asksForAccount(part: unknown): boolean {
  return OF_ACCOUNTS.test(JSON.stringify(part) ?? "");
}

function asksForAccounts({ foreign: { cilium, calico, hosts } }: PolicyIndex): boolean {
  const specs = [...[...cilium, ...hosts.cilium].map(({ spec }) => spec), ...calico.map(({ object }) => object.body.spec)];
  return specs.some(asksForAccount);
}

/** Reads every selector of an index once. */
export function selectorUseOf(index: PolicyIndex): SelectorUse {
  const [pods, namespaces] = [new LabelUse(), new LabelUse()];
  const local = new Map<string, LabelUse>();
  for (const [namespace, policies] of index.byNamespace) {
    const own = new LabelUse();
    local.set(namespace, own);
    for (const policy of policies) {
      own.addSelector(policy.podSelector);
      for (const peer of [...policy.rules.ingress, ...policy.rules.egress].flatMap((rule) => rule.peers ?? [])) {
        namespaces.addSelector(peer.namespaceSelector);
        (isRecord(peer.namespaceSelector) ? pods : own).addSelector(peer.podSelector);
      }
    }
  }
  for (const policy of [...index.admin.Admin, ...index.admin.Baseline]) addAdmin(policy, pods, namespaces);
  for (const { spec } of [...index.foreign.cilium, ...index.foreign.hosts.cilium]) addCilium(spec, pods, namespaces);
  for (const { object } of index.foreign.calico) addCalico(record(object.body.spec), { pods, namespaces });
  return { local, pods, namespaces, hasAccounts: asksForAccounts(index), portNames: portNamesOf(index) };
}
