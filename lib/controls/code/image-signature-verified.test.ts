import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./image-signature-verified";

const seen = (value: string) => deployment({ podAnnotations: { "kyverno.io/verify-images": value } });
const policy = {
  apiVersion: "kyverno.io/v1",
  kind: "ClusterPolicy",
  metadata: { name: "signed" },
  spec: { rules: [{ match: { any: [{ resources: { kinds: ["Pod"] } }] }, verifyImages: [{ imageReferences: ["*"], failureAction: "Audit" }] }] },
};

describeControl(control, {
  fails: [
    {
      name: "a verification failed",
      objects: [seen('{"registry.example.com/app@sha256:a":"fail","registry.example.com/b@sha256:b":"pass"}')],
      evidence: [{ path: 'spec.template.metadata.annotations["kyverno.io/verify-images"]', value: "registry.example.com/app@sha256:a: fail" }],
    },
  ],
  passes: [
    { name: "all passed", objects: [seen('{"registry.example.com/app@sha256:a":"pass"}')] },
    { name: "the older form", objects: [seen('{"registry.example.com/app@sha256:a":true}')] },
  ],
  notApplicable: [{ name: "nothing leaves a record", objects: [deployment()] }],
  unknown: [
    { name: "a verifier, but no record", objects: [policy, deployment()] },
    { name: "a record that cannot be read", objects: [seen("{")] },
  ],
});
