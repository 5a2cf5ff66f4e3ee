import { expect, it } from "vitest";
import type { ResourceRef } from "../model/resource-ref";
import { commandNote, fillCommand } from "./fill-command";

const ref = (kind: string, name: string, namespace: string | null = null): ResourceRef => ({ apiVersion: "v1", kind, namespace, name });

it("puts the object of a finding where the command leaves room for it", () => {
  expect(fillCommand("kubectl get svc NAME -n NAMESPACE -o yaml", ref("Service", "cart", "shop"))).toBe("kubectl get svc cart -n shop -o yaml");
  expect(fillCommand("kubectl get limitrange -n NAMESPACE", ref("Namespace", "shop"))).toBe("kubectl get limitrange -n shop");
  expect(fillCommand("kubectl get --raw /api/v1/nodes/NODE/proxy/configz", ref("Node", "n-1"))).toContain("/nodes/n-1/proxy");
});

it("leaves room where an operator's kind is called as ours is: kubectl would look for ours", () => {
  const others = (kind: string): ResourceRef => ({ ...ref(kind, "own", "shop"), apiVersion: "example.com/v1" });
  expect(fillCommand("kubectl get --raw /api/v1/nodes/NODE/proxy/configz", others("Node"))).toContain("/nodes/NODE/proxy");
  expect(fillCommand("kubectl exec -n NAMESPACE POD -- id", others("StatefulSet"))).toBe("kubectl exec -n shop POD -- id");
  expect(fillCommand("kubectl exec -n NAMESPACE POD -- id", { ...others("StatefulSet"), apiVersion: "apps/v1" })).toBe(
    "kubectl exec -n shop statefulset/own -- id",
  );
});

it("speaks as the identity that a finding is about", () => {
  const ask = (of: ResourceRef) => fillCommand("kubectl auth can-i list secrets -A --as=USER", of);
  expect(ask(ref("ServiceAccount", "ci", "build"))).toContain("--as=system:serviceaccount:build:ci");
  expect(ask(ref("User", "jane@example.com"))).toContain("--as=jane@example.com");
  expect(ask(ref("Group", "team a"))).toContain("--as=nobody --as-group='team a'");
});

it("leaves headings of columns alone, and what the object does not tell", () => {
  const columns = "kubectl get pods -A -o custom-columns='NAMESPACE:.metadata.namespace,NAME:.metadata.name'";
  expect(fillCommand(columns, ref("Pod", "cart", "shop"))).toBe(columns);
  expect(fillCommand("kubectl auth can-i --list -n NAMESPACE --as=USER", ref("ClusterRoleBinding", "x"))).toContain("-n NAMESPACE --as=USER");
});

it("quotes what a shell would take apart, and takes no name for a pattern of its own", () => {
  expect(fillCommand("kubectl get svc NAME", ref("Service", "a; rm -rf '$&'", "shop"))).toBe("kubectl get svc 'a; rm -rf '\\''$&'\\'''");
});

it("says which words of a command stand for names, at none, one and many", () => {
  expect(commandNote("kubectl get svc -A -o custom-columns='NAMESPACE:.metadata.namespace,NAME:.metadata.name'")).toBeNull();
  expect(commandNote("kubectl get limitrange -n NAMESPACE")).toBe("NAMESPACE is a placeholder; the page of a finding fills in what it knows.");
  expect(commandNote("kubectl get svc NAME -n NAMESPACE")).toBe("NAMESPACE and NAME are placeholders; the page of a finding fills in what it knows.");
  expect(commandNote("kubectl auth can-i list secrets -A --as=USER")).toBe(
    "USER is a placeholder; the page of a finding fills in what it knows. A service account is system:serviceaccount:NAMESPACE:NAME. “no” answers for this right only: the page of a finding asks about the one that was found.",
  );
});

it("says what a command needs besides kubectl", () => {
  expect(commandNote("kubectl get csr x -o yaml | openssl req -noout; kubectl get pods -o json | jq '.items'")).toBe("Requires jq and openssl.");
  expect(commandNote("curl -sI http://HOST/")).toBe("Requires curl. HOST is a placeholder; the page of a finding fills in what it knows.");
});

it("says of what pods do not show", () => {
  expect(commandNote("kubectl get pods -A")).toBe("A CronJob between runs, or a workload scaled to zero, has no pods to show.");
});

it("fills in the parts of a service account's name, and a pod of a workload", () => {
  expect(fillCommand("kubectl auth can-i --list --as=system:serviceaccount:NAMESPACE:NAME", ref("ServiceAccount", "ci", "build"))).toContain(
    "--as=system:serviceaccount:build:ci",
  );
  const exec = (of: ResourceRef) => fillCommand("kubectl exec -n NAMESPACE POD -- id", of);
  expect(exec(ref("Deployment", "cart", "shop"))).toBe("kubectl exec -n shop deployment/cart -- id");
  expect(exec(ref("Pod", "cart-1", "shop"))).toBe("kubectl exec -n shop cart-1 -- id");
  expect(exec(ref("CronJob", "nightly", "shop"))).toBe("kubectl exec -n shop POD -- id");
});
