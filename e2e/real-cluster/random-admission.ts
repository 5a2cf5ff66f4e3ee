import type { JsonRecord } from "@/lib/model/json";
import { fc } from "@/lib/model/testing-properties";
import { manifest, type Manifest } from "../world/manifest";

export type Labels = Readonly<Record<string, string>>;

/** A namespace where pods are tried. */
export interface Place {
  readonly name: string;
  readonly labels: Labels;
}

/** With labels that selectors ask for, and one of the API server's own. */
export const PLACES: readonly Place[] = [
  { name: "asked-plain", labels: {} },
  { name: "asked-dev", labels: { env: "dev" } },
  { name: "asked-prod", labels: { env: "prod", team: "a" } },
  { name: "asked-empty", labels: { env: "" } },
  { name: "kube-system", labels: {} },
];

export const NAMESPACES: readonly Manifest[] = PLACES.map(({ name, labels }) => manifest("v1", "Namespace", null, name, {}, { labels }));

/** What of a pod decides whether an object selector chooses it. */
export const POD_LABELS: readonly (Labels | undefined)[] = [undefined, { app: "web" }, { app: "api" }];

/** Nearly always the first, so that most have one peculiarity or two. */
export function mostly<T>(usual: T, ...odd: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, { weight: 3, arbitrary: fc.constantFrom(usual, ...odd) });
}

const key = fc.constantFrom("env", "team", "kubernetes.io/metadata.name");
const expression = fc.oneof(
  fc.record({
    key,
    operator: fc.constantFrom("In", "NotIn"),
    values: fc.constantFrom(["dev"], ["prod", ""], ["a", "b"], ["kube-system"], ["asked-dev", "asked-prod"]),
  }),
  fc.record({ key, operator: fc.constantFrom("Exists", "DoesNotExist") }),
);

const NOTHING_ASKED: readonly (JsonRecord | undefined)[] = [undefined, {}, { matchLabels: {}, matchExpressions: [] }];

export const namespaceSelector: fc.Arbitrary<JsonRecord | undefined> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...NOTHING_ASKED) },
  { weight: 2, arbitrary: fc.array(expression, { minLength: 1, maxLength: 2 }).map((matchExpressions) => ({ matchExpressions })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ env: "dev" }, { env: "" }, { "kubernetes.io/metadata.name": "asked-plain" }).map((matchLabels) => ({ matchLabels })),
  },
);

export const objectSelector = mostly<JsonRecord | undefined>(
  undefined,
  {},
  { matchLabels: { app: "web" } },
  { matchExpressions: [{ key: "app", operator: "DoesNotExist" }] },
);

export const matchPolicy = mostly<string | undefined>(undefined, "Exact", "Equivalent");

/** Rules for pods that miss them by a little. */
export const rule: fc.Arbitrary<JsonRecord> = fc.record({
  apiGroups: mostly([""], ["*"], ["apps"], ["", "apps"]),
  apiVersions: mostly(["v1"], ["*"], ["v1beta1"], ["v2", "v1"]),
  operations: mostly(["CREATE"], ["*"], ["CREATE", "UPDATE"], ["UPDATE"], ["CONNECT"]),
  resources: mostly(["pods"], ["*"], ["*/*"], ["pods/*"], ["*/status"], ["pods/exec"], ["services", "pods"], ["deployments", "pods/ephemeralcontainers"]),
  scope: mostly<string | undefined>(undefined, "*", "Namespaced", "Cluster"),
});

/** Leaves out what is undefined, as a manifest does. */
export function written(object: Manifest): Manifest {
  const plain: Manifest = JSON.parse(JSON.stringify(object));
  return plain;
}
