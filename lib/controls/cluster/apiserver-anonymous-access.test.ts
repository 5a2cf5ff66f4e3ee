import { apiServerProbe } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./apiserver-anonymous-access";

describeControl(control, {
  fails: [
    {
      name: "it lists the namespaces",
      objects: [apiServerProbe({ anonymous: { namespaces: 200 } })],
      evidence: [{ path: "anonymous.namespaces" }],
      severity: "critical",
    },
    {
      name: "it knows such requests and refuses them",
      objects: [apiServerProbe({ anonymous: { namespaces: 403, user: "system:anonymous" } })],
      evidence: [{ path: "anonymous.namespaces" }],
      severity: "low",
    },
  ],
  passes: [{ name: "it wants to know who asks", objects: [apiServerProbe()] }],
  unknown: [
    { name: "somebody else refuses", objects: [apiServerProbe({ anonymous: { namespaces: 403 } })] },
    { name: "no answer", objects: [apiServerProbe({ anonymous: { problem: "A request without credentials got no answer (ECONNRESET)." } })] },
    { name: "nobody asked for it", objects: [], missing: ["apiServerProbes"] },
    { name: "a set of manifests", objects: [] },
  ],
});
