import { deployment, node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./runtimeclass-sandbox";

const runtime = (name: string, handler: string) => ({ apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name }, handler });
const sandboxed = deployment({ podSpec: { runtimeClassName: "gvisor" } });

describeControl(control, {
  fails: [
    { name: "no class", objects: [node(), deployment()] },
    { name: "a class that is no sandbox", objects: [node(), runtime("nvidia", "nvidia"), deployment()] },
    {
      name: "only what is scaled to nothing uses it",
      objects: [node(), runtime("gvisor", "runsc"), deployment({ podSpec: { runtimeClassName: "gvisor" }, spec: { replicas: 0 } })],
    },
    { name: "nobody uses it", objects: [node(), runtime("gvisor", "runsc"), deployment()], evidence: [{ path: "handler", value: "runsc" }] },
  ],
  passes: [{ name: "a workload uses it", objects: [node(), runtime("gvisor", "runsc"), sandboxed] }],
  unknown: [
    { name: "classes cannot be listed", objects: [sandboxed], missing: ["runtimeClasses"] },
    { name: "a set of manifests", objects: [deployment()], complete: false },
  ],
});
