import { deployment, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./image-not-digest-pinned";

function image(reference: unknown) {
  return deployment({ container: { image: reference } });
}

describeControl(control, {
  fails: [
    {
      name: "a version without a digest",
      objects: [image("nginx:1.27.3")],
      evidence: [{ path: "spec.template.spec.containers[0].image", value: "nginx:1.27.3", container: "app" }],
      severity: "low",
    },
    { name: "a digest that is too short", objects: [image("nginx:1.27.3@sha256:123456")] },
    { name: "an ephemeral container", objects: [deployment({ podSpec: { ephemeralContainers: [{ name: "debug", image: "busybox:1.36" }] } })] },
  ],
  passes: [
    { name: "sha256", objects: [deployment()] },
    { name: "sha512", objects: [image(`nginx@sha512:${"a".repeat(128)}`)] },
  ],
  notApplicable: [
    {
      name: "a static pod of the node",
      objects: [
        pod({
          name: "etcd-node-1",
          namespace: "kube-system",
          annotations: { "kubernetes.io/config.mirror": "x" },
          podSpec: { nodeName: "node-1" },
          container: { image: "etcd:3.6" },
        }),
      ],
    },
  ],
  subsumed: [{ name: "the tag moves", objects: [image("nginx:latest")] }],
  unknown: [{ name: "no image", objects: [image(undefined)] }],
});
