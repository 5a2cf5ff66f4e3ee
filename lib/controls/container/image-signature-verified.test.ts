import { deployment, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./image-signature-verified";

const APP = `registry.example.com/shop/app@sha256:${"0123456789abcdef".repeat(4)}`;
const verified = (runs: string) => {
  const image = "registry.example.com/shop/app:1.2.3";
  const [repository] = image.split(":");
  return pod({
    container: { image },
    metadata: { annotations: { "kyverno.io/verify-images": `{"${APP}":"pass"}` } },
    status: { containerStatuses: [{ name: "app", image, imageID: `${repository}@sha256:${runs}` }] },
  });
};
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
      objects: [seen(`{"${APP}":"fail","registry.example.com/b@sha256:b":"pass"}`)],
      evidence: [{ path: 'spec.template.metadata.annotations["kyverno.io/verify-images"]', value: `${APP}: fail` }],
    },
  ],
  passes: [
    { name: "all passed", objects: [seen(`{"${APP}":"pass"}`)] },
    { name: "a tag that still names the build that passed", objects: [verified("0123456789abcdef".repeat(4))] },
    { name: "the older form", objects: [seen(`{"${APP}":true}`)] },
  ],
  notApplicable: [{ name: "nothing leaves a record", objects: [deployment()] }],
  unknown: [
    { name: "a verifier, but no record", objects: [policy, deployment()] },
    { name: "a record of other images", objects: [seen('{"registry.example.com/shop/proxy:1.0.0":"pass"}')] },
    { name: "a record of another build", objects: [seen(`{"registry.example.com/shop/app@sha256:${"f".repeat(64)}":"pass"}`)] },
    { name: "a tag that names another build by now", objects: [verified("f".repeat(64))] },
    { name: "a record that cannot be read", objects: [seen("{")] },
    {
      name: "an image that cannot be read, in a record of another one",
      objects: [deployment({ podAnnotations: { "kyverno.io/verify-images": '{"shop:<tag>":"pass"}' }, container: { image: "cart:<tag>" } })],
    },
  ],
});
