import { type CelData, toCelData } from "../../cel/cel-input";
import { remembered } from "../../model/remembered";

export const NAME_OF_TRIAL = "trial";

/** Who asks for something, as the API server says it. */
export interface Requester {
  readonly username: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

function toAccount(namespace: string, name: string): Requester {
  const groups = ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"];
  const extra = { "authentication.kubernetes.io/credential-id": ["JTI=trial"] };
  return { username: `system:serviceaccount:${namespace}:${name}`, uid: name, groups, extra };
}

export function accountOf(namespace: string, name: string): CelData {
  return toCelData(toAccount(namespace, name));
}

/** A controller that makes pods of what others write. */
function controller(name: string): Requester {
  return toAccount("kube-system", name);
}

/** Who signs in by a name, and is in a group of that name. */
export function personOf(name: string): CelData {
  return toCelData({ username: name, uid: "someone", groups: [name, "system:authenticated"] });
}

/** Somebody who signs in, whom no policy names. */
export const ANYBODY: Requester = { username: "someone@example.com", uid: "someone", groups: ["system:authenticated"] };

const CONTROLLERS = ["replicaset-controller", "daemon-set-controller", "statefulset-controller", "job-controller", "replication-controller"].map(controller);

/**
 * Whoever a guard must not let through: somebody, what runs in the namespace, and the controllers, which make pods of what others write. Kubelets, and people
 * and programs that a policy names, are others.
 */
export function listRequesters(namespace: string): readonly Requester[] {
  return [ANYBODY, toAccount(namespace, "default"), ...CONTROLLERS];
}

/** The same, as CEL sees them. */
export const requestersIn = remembered((namespace): readonly CelData[] => listRequesters(namespace).map((item) => toCelData(item)), { limit: 1_000 });

const KIND = { group: "", version: "v1", kind: "Pod" };
const RESOURCE = { group: "", version: "v1", resource: "pods" };

/** What is empty, as the names of subresources, is left out of a request: it has no such field then. */
const ASKED_OF_ALL = Object.entries({
  uid: "trial",
  ...{ kind: KIND, resource: RESOURCE, requestKind: KIND, requestResource: RESOURCE },
  name: NAME_OF_TRIAL,
  dryRun: false,
}).map(([key, value]) => [key, toCelData(value)] as const);

const CREATION = { operation: "CREATE", options: toCelData({ kind: "CreateOptions", apiVersion: "meta.k8s.io/v1" }) };
const CHANGE = { operation: "UPDATE", options: toCelData({ kind: "UpdateOptions", apiVersion: "meta.k8s.io/v1" }) };

/** What the API server says of a request to make a pod, or to change one. */
export function toRequest(namespace: string, userInfo: CelData, isChange: boolean): CelData {
  return new Map<string, CelData>([...ASKED_OF_ALL, ...Object.entries(isChange ? CHANGE : CREATION), ["namespace", namespace], ["userInfo", userInfo]]);
}

const LITERAL = /(["'])((?:\\.|(?!\1)[^\\\n])*)(\1?)/y;

/** The texts in an expression. A quote that nothing closes is none of one; nor are those of its kind as far as it was looked for the end, each of which would be looked for as long. */
export function literalsOf(text: string): readonly string[] {
  const literals: string[] = [];
  const unclosed = new Map<string, number>();
  let end = 0;
  for (const { 0: quote, index } of text.matchAll(/["']/g)) {
    if (index < Math.max(end, unclosed.get(quote) ?? 0)) continue;
    LITERAL.lastIndex = index;
    const [whole = "", , literal = "", close = ""] = LITERAL.exec(text) ?? [];
    if (close === "") unclosed.set(quote, index + whole.length);
    else {
      literals.push(literal);
      end = index + whole.length;
    }
  }
  return literals;
}

/** What expressions compare with that may be part of the name of a namespace. */
export function namedIn(text: string): ReadonlySet<string> {
  return new Set(literalsOf(text).flatMap((literal) => literal.match(/[a-z0-9-]+/g) ?? []));
}

/** Whether expressions may tell the accounts of a namespace from others: something that they compare with is part of its name. */
export function createNamer(text: string): (namespace: string) => boolean {
  const parts = namedIn(text);
  return (namespace) => parts.values().some((part) => namespace.includes(part));
}
