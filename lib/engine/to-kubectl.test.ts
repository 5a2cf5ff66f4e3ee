import { expect, it } from "vitest";
import { toJsonPatch, toKubectl } from "./to-kubectl";

const target = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "cart" };
const patch = { ops: [], risk: "none" } as const;
const adding = (value: string) => [{ op: "add" as const, path: "/metadata/labels/a", value }];

it("patches by an argument, quoted for the shell", () => {
  expect(toKubectl(target, patch, adding("it's"))).toBe(
    `kubectl patch deployment.apps/cart -n shop --type=json -p '[{"op":"add","path":"/metadata/labels/a","value":"it'\\''s"}]'`,
  );
});

it("takes whatever an object is called for one word: roles and bindings may have any name", () => {
  const role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding", namespace: "shop", name: "x;$(id)" };
  expect(toKubectl(role, { ...patch, remove: [role] }, adding("b")).split("\n")).toEqual([
    `kubectl patch 'rolebinding.rbac.authorization.k8s.io/x;$(id)' -n shop --type=json -p '[{"op":"add","path":"/metadata/labels/a","value":"b"}]'`,
    "kubectl delete 'rolebinding.rbac.authorization.k8s.io/x;$(id)' -n shop",
  ]);
  const pasted = { ...role, name: "a\n\u001b[201~'\\" };
  expect(toKubectl(role, { ...patch, remove: [pasted] }, [])).toBe(
    "kubectl delete $'rolebinding.rbac.authorization.k8s.io/a\\012\\033[201~\\047\\134' -n shop",
  );
});

it("takes a patch from a file that is too long, in bytes, for any command line", () => {
  const short = JSON.stringify(adding("")).length;
  expect(toKubectl(target, patch, adding("x".repeat(131_071 - short)))).toContain(" -p '[");
  expect(toKubectl(target, patch, adding("x".repeat(131_072 - short)))).toBe("kubectl patch deployment.apps/cart -n shop --type=json --patch-file patch.json");
  expect(toKubectl(target, patch, adding("é".repeat(65_600)))).toContain("--patch-file");
});

const pod = { apiVersion: "v1", kind: "Pod", namespace: "shop", name: "one" };
const job = { apiVersion: "batch/v1", kind: "Job", namespace: "shop", name: "once" };
const isolated = [{ op: "add" as const, path: "/spec/hostUsers", value: false }];

it("makes a pod anew, except for what may change of one that runs", () => {
  expect(toKubectl(pod, patch, isolated)).toBe(
    `kubectl get pod/one -n shop -o json | kubectl patch --local -f - --type=json -p '[{"op":"add","path":"/spec/hostUsers","value":false}]' -o json | kubectl replace --force -f -`,
  );
  const pinned = [{ op: "replace" as const, path: "/spec/containers/0/image", value: "app@sha256:1" }];
  expect(toKubectl(pod, patch, pinned)).toMatch(/^kubectl patch pod\/one -n shop /);
  expect(toKubectl(pod, patch, [...pinned, ...isolated])).toContain("replace --force");
  const annotated = [{ op: "add" as const, path: "/metadata/annotations/owner", value: "cart" }];
  expect(toKubectl(pod, patch, annotated)).toMatch(/^kubectl patch pod\/one -n shop /);
  const profile = "container.apparmor.security.beta.kubernetes.io";
  expect(toKubectl(pod, patch, [{ op: "remove", path: `/metadata/annotations/${profile}~1app` }])).toContain("replace --force");
  expect(toKubectl(pod, patch, [{ op: "add", path: "/metadata/annotations", value: { [`${profile}/app`]: "runtime/default" } }])).toContain("replace --force");
});

it("makes a pod anew without the containers that debugged it, which no new pod may have", () => {
  const command = toKubectl(pod, patch, isolated, { spec: { ephemeralContainers: [{ name: "debug" }] } });
  expect(command).toContain('{"op":"add","path":"/spec/hostUsers","value":false},{"op":"remove","path":"/spec/ephemeralContainers"}]');
  const debugged = { spec: { ephemeralContainers: [{ name: "debug" }] } };
  const gone = [{ op: "remove" as const, path: "/spec/ephemeralContainers" }];
  expect(toKubectl(pod, patch, gone, debugged)).toContain(`-p '[{"op":"remove","path":"/spec/ephemeralContainers"}]'`);
});

it("makes a Job anew without the selector and the labels of its uid", () => {
  const labels = { app: "once", "controller-uid": "1", "batch.kubernetes.io/controller-uid": "1" };
  const template = [{ op: "add" as const, path: "/spec/template/spec/hostUsers", value: false }];
  const command = toKubectl(job, patch, template, { spec: { selector: {}, template: { metadata: { labels } } } });
  expect(command).toContain('{"op":"remove","path":"/spec/selector"}');
  expect(command).toContain('{"op":"remove","path":"/spec/template/metadata/labels/batch.kubernetes.io~1controller-uid"}');
  expect(command).not.toContain("labels/app");
  expect(toKubectl(job, patch, template, { spec: { template: {} } })).not.toContain("/spec/selector");
});

it("sends whoever wants to change a static pod to its node", () => {
  const command = toKubectl({ ...pod, kind: "StaticPod", name: "etcd" }, patch, isolated);
  expect(command).toMatch(/^# .*staticPodPath.* etcd$/);
});

it("takes a subject of a binding away only where it is that very one: the same command, given twice, took the account of another namespace", () => {
  const subjects = ["shop", "pay"].map((namespace) => ({ kind: "ServiceAccount", name: "default", namespace }));
  expect(toJsonPatch({ subjects }, [{ op: "remove", path: "subjects[0]" }])).toEqual([
    { op: "test", path: "/subjects/0/name", value: "default" },
    { op: "test", path: "/subjects/0/namespace", value: "shop" },
    { op: "test", path: "/subjects/0/kind", value: "ServiceAccount" },
    { op: "remove", path: "/subjects/0" },
  ]);
});
