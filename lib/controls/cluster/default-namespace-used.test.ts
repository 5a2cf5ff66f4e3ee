import { deployment, namespace, role, service, serviceAccount } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./default-namespace-used";

const home = namespace({ name: "default" });
const inDefault = { namespace: "default" };

describeControl(control, {
  fails: [
    { name: "a workload", objects: [home, deployment(inDefault)], severity: "low", evidence: [{ path: "metadata.namespace", value: "default" }] },
    { name: "an account of one's own", objects: [home, serviceAccount(inDefault)] },
    { name: "a role", objects: [home, role(inDefault)] },
    { name: "a service", objects: [home, service(inDefault)] },
    { name: "a workload that names no namespace", objects: [home, deployment({ metadata: { namespace: undefined } })] },
  ],
  passes: [
    {
      name: "only what Kubernetes puts there",
      objects: [home, serviceAccount({ ...inDefault, name: "default" }), service({ ...inDefault, name: "kubernetes" })],
      target: { kind: "Namespace", name: "default" },
    },
  ],
  notApplicable: [{ name: "another namespace", objects: [namespace(), deployment()] }],
  unknown: [{ name: "workloads could not be read", objects: [home], missing: ["workloads"] }],
});
