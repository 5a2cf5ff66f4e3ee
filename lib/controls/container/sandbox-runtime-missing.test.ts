import { deployment, namespace } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./sandbox-runtime-missing";

const untrusted = { "concentric.dev/trust": "untrusted" };

function runtimeClass(name: string, handler: string) {
  return { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name }, handler };
}

describeControl(control, {
  fails: [
    {
      name: "the namespace is untrusted, a sandbox exists",
      objects: [namespace({ labels: untrusted }), deployment(), runtimeClass("sandboxed", "kata-qemu")],
      evidence: [{ path: "spec.template.spec.runtimeClassName", value: null }],
      severity: "medium",
    },
    { name: "the pods are untrusted, no sandbox exists", objects: [namespace(), deployment({ podLabels: untrusted })] },
    {
      name: "a handler that is no sandbox",
      objects: [deployment({ labels: untrusted, podSpec: { runtimeClassName: "fast" } }), runtimeClass("fast", "crun")],
      evidence: [{ path: "handler", value: "crun" }],
    },
    { name: "a RuntimeClass that does not exist", objects: [deployment({ labels: untrusted, podSpec: { runtimeClassName: "gone" } })] },
  ],
  passes: [
    { name: "a sandbox", objects: [deployment({ labels: untrusted, podSpec: { runtimeClassName: "gvisor" } }), runtimeClass("gvisor", "runsc")] },
    {
      name: "Windows in a virtual machine of its own",
      objects: [deployment({ labels: untrusted, podSpec: { runtimeClassName: "apart" } }), runtimeClass("apart", "runhcs-wcow-hypervisor")],
    },
  ],
  notApplicable: [{ name: "nobody calls it untrusted", objects: [namespace(), deployment()] }],
  unknown: [
    { name: "RuntimeClasses cannot be read", objects: [deployment({ labels: untrusted })], missing: ["runtimeClasses"] },
    {
      name: "a set of manifests without the RuntimeClass",
      objects: [deployment({ labels: untrusted, podSpec: { runtimeClassName: "gvisor" } })],
      complete: false,
    },
  ],
});
