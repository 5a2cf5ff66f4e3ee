import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./sa-token-projection-long";

function projecting(serviceAccountToken: unknown) {
  return deployment({ podSpec: { volumes: [{ name: "token", projected: { sources: [{ configMap: { name: "ca" } }, { serviceAccountToken }] } }] } });
}

describeControl(control, {
  fails: [
    {
      name: "two days",
      objects: [projecting({ path: "token", expirationSeconds: 172800 })],
      evidence: [{ path: "spec.template.spec.volumes[0].projected.sources[1].serviceAccountToken.expirationSeconds", value: "172800" }],
      severity: "low",
    },
    { name: "for the API server by name", objects: [projecting({ expirationSeconds: 90000, audience: "https://kubernetes.default.svc.cluster.local" })] },
  ],
  passes: [
    { name: "an hour", objects: [projecting({ expirationSeconds: 3607 })] },
    { name: "exactly a day", objects: [projecting({ expirationSeconds: 86400 })] },
    { name: "for somebody else", objects: [projecting({ expirationSeconds: 172800, audience: "vault" })] },
    { name: "unset", objects: [projecting({ path: "token" })] },
  ],
  unknown: [{ name: "a text, which the API server refuses", objects: [projecting({ expirationSeconds: "172800" })] }],
});
