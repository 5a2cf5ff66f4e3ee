import { expect, it } from "vitest";
import { describeRights, toAskCommand } from "./right-text";

const right = (verb: string, resource: string, isNamed = false, group = "") =>
  ({ ask: { verb, group, resource }, isNamed }) as Parameters<typeof describeRights>[0][number];
const grant = (part: { resources?: string[]; apiGroups?: string[]; resourceNames?: string[]; namespace?: string } = {}) =>
  ({
    rule: { verbs: [], apiGroups: [""], resources: ["x"], resourceNames: [], nonResourceURLs: [], ...part },
    namespace: part.namespace ?? null,
  }) as Parameters<typeof describeRights>[1];
const sentence = (...input: Parameters<typeof describeRights>) =>
  `ClusterRoleBinding a binds it to ClusterRole b, whose rule 0 allows ${describeRights(...input)}.`;

it.each([
  [[right("get", "secrets"), right("list", "secrets")], grant(), "get secrets -A"],
  [[right("list", "secrets")], grant({ namespace: "shop" }), "list secrets -n shop"],
  [[right("create", "pods/exec"), right("create", "pods/attach")], grant(), "create pods --subresource=exec -A"],
  [[right("update", "configmaps", true)], grant({ resourceNames: ["one", "two"] }), "update configmaps/one -A"],
  [
    [right("create", "serviceaccounts/token", true)],
    grant({ resourceNames: ["cni"], namespace: "kube-system" }),
    "create serviceaccounts/cni --subresource=token -n kube-system",
  ],
  [[right("patch", "pods/exec"), right("delete", "nodes")], grant({ resources: ["*"], apiGroups: ["*"] }), "patch '*' -A"],
  [[right("get", "secrets")], grant({ resources: ["*"], apiGroups: [""] }), "get '*' -A"],
])("asks for the first right that a sentence tells", (rights, held, question) => {
  expect(toAskCommand(sentence(rights, held), null)).toBe(`kubectl auth can-i ${question} --as=USER`);
});

it("names ten objects that a rule names, and counts the rest", () => {
  const names = Array.from({ length: 40 }, (_, i) => `crd${i}`);
  const told = describeRights([right("update", "customresourcedefinitions", true)], grant({ resourceNames: names }));
  expect(told).toBe(`update on customresourcedefinitions called ${names.slice(0, 10).join(", ")} and 30 more in the whole cluster`);
  expect(toAskCommand(sentence([right("get", "secrets", true)], grant({ resourceNames: ["one", "two"] })), null)).toBe(
    "kubectl auth can-i get secrets/one -A --as=USER",
  );
});

it("names the group where the rule has one, for the same name may stand in two", () => {
  const told = sentence([right("create", "gateways")], grant({ namespace: "istio" }));
  const ask = (rule: string) => toAskCommand(told, rule)?.split(" ")[4];
  expect(ask('{"verbs":["create"],"apiGroups":["gateway.networking.k8s.io"],"resources":["gate')).toBe("gateways.gateway.networking.k8s.io");
  for (const groups of ['[""]', '["*"]', '["a","b"]', '["cut']) expect(ask(`{"apiGroups":${groups}`)).toBe("gateways");
});

it("names the API of what a rule for every group allows of another API, for the same name may be one of Kubernetes", () => {
  const held = grant({ apiGroups: ["*"] });
  const knative = right("create", "services", false, "serving.knative.dev");
  expect(describeRights([knative], held)).toBe("create on services.serving.knative.dev in the whole cluster");
  expect(toAskCommand(sentence([knative], held), '{"apiGroups":["*"]}')).toBe("kubectl auth can-i create services.serving.knative.dev -A --as=USER");
  const sets = [right("create", "statefulsets", false, "apps"), right("create", "statefulsets", false, "apps.kruise.io")];
  expect(describeRights(sets, held)).toBe("create on statefulsets in the whole cluster");
  expect(describeRights([knative], grant({ apiGroups: ["serving.knative.dev"] }))).toBe("create on services in the whole cluster");
});

it("looks up every resource of a group among all rights, which kubectl cannot ask for", () => {
  const held = grant({ resources: ["*"], apiGroups: ["apps", "batch"] });
  const told = (namespace?: string) => sentence([right("patch", "deployments")], { ...held, namespace: namespace ?? null });
  expect(toAskCommand(told(), null)).toBe("kubectl auth can-i --list --as=USER | grep -F '*.apps'");
  expect(toAskCommand(told("shop"), null)).toBe("kubectl auth can-i --list -n shop --as=USER | grep -F '*.apps'");
});

it("looks up what kubectl knows no kind of, and everything, which it asks of the core group alone", () => {
  const signer = sentence([right("approve", "signers")], grant({ apiGroups: ["certificates.k8s.io"] }));
  expect(toAskCommand(signer, '{"apiGroups":["certificates.k8s.io"]')).toBe("kubectl auth can-i --list --as=USER | grep -F signers.certificates.k8s.io");
  expect(toAskCommand(signer, '{"apiGroups":["*"]')).toBe("kubectl auth can-i --list --as=USER | grep -F signers.");
  const user = sentence([right("impersonate:user-info", "users")], grant());
  expect(toAskCommand(user, '{"apiGroups":["authentication.k8s.io"]')).toContain("--list --as=USER | grep -F users.authentication.k8s.io");
  const all = sentence([right("*", "secrets")], grant({ resources: ["*"], apiGroups: ["*"], namespace: "shop" }));
  expect(toAskCommand(all, null)).toBe("kubectl auth can-i --list -n shop --as=USER | grep -F '*.*'");
});

it("takes what bindings, roles and kinds are called for words of the question, and for no option of kubectl", () => {
  const of = (binding: string, resource = "secrets") =>
    toAskCommand(`ClusterRoleBinding ${binding} binds it to ClusterRole b, whose rule 0 allows get on ${resource} in the whole cluster.`, null);
  expect(of("x allows get on pods$(id), y")).toBe("kubectl auth can-i get 'pods$(id)' -A --as=USER");
  expect(of("x allows get on pods/`id`, y")).toBe("kubectl auth can-i get pods --subresource='`id`' -A --as=USER");
  for (const binding of ["x allows --server=evil.example on pods", "x allows --server on evil.example", "x allows get on --server=evil.example"])
    expect(of(binding)).toBe("kubectl auth can-i get secrets -A --as=USER");
  expect(of("a", "--server=evil.example")).toBeNull();
});

it("asks nothing where no right is told", () => {
  expect(toAskCommand("RoleBinding a gives it b, and no workload runs as it.", null)).toBeNull();
  expect(toAskCommand("", null)).toBeNull();
});
