import { deployment, pod } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { describeControl } from "../testing";
import control from "./image-not-digest-pinned";

function image(reference: unknown) {
  return deployment({ container: { image: reference } });
}

const DIGEST = `sha256:${"a".repeat(64)}`;

function running(reference: string, podSpec: JsonRecord = {}) {
  const status = { phase: "Running", containerStatuses: [{ name: "app", imageID: `docker.io/library/nginx@${DIGEST}` }] };
  return pod({ container: { image: reference }, podSpec, status });
}

describeControl(control, {
  fails: [
    {
      name: "a version without a digest",
      objects: [image("nginx:1.27.3")],
      evidence: [{ path: "spec.template.spec.containers[0].image", value: "nginx:1.27.3", container: "app" }],
      severity: "low",
      remedy: false,
    },
    { name: "a digest that is too short", objects: [image("nginx:1.27.3@sha256:123456")], remedy: false },
    { name: "a digest without an algorithm", objects: [image(`nginx:1.27.3@${"a".repeat(64)}`)], remedy: false },
    { name: "a digest of letters that are no hexadecimal ones", objects: [image(`nginx@sha256:${"g".repeat(64)}`)], remedy: false },
    {
      name: "an ephemeral container",
      objects: [deployment({ podSpec: { ephemeralContainers: [{ name: "debug", image: "busybox:1.36" }] } })],
      remedy: false,
    },
    {
      name: "a version whose digest the running pod tells",
      objects: [running("nginx:1.27.3")],
      evidence: [{ path: "spec.containers[0].image", message: `Container app has no digest. Its pods run ${DIGEST}.` }],
    },
    {
      name: "a pod among manifests, which tells nothing of a cluster",
      objects: [running("nginx:1.27.3")],
      complete: false,
      evidence: [{ path: "spec.containers[0].image", message: "Container app has no digest." }],
      remedy: false,
    },
    {
      name: "an image beside one whose digest is known",
      objects: [running("nginx:1.27.3", { initContainers: [{ name: "first", image: "busybox:1.36" }] })],
      remedy: false,
    },
  ],
  passes: [
    { name: "sha256", objects: [deployment()] },
    { name: "an algorithm that is not registered", objects: [image("nginx@multihash+base58:QmRZxt2b1FVZPNqd8hsiykDL3TdBDeTSPX9Kv46HmX4Gx8")] },
    { name: "an algorithm that OCI names, and no kubelet knows: none starts another image instead", objects: [image(`nginx@blake3:${"a".repeat(64)}`)] },
    { name: "sha384", objects: [image(`nginx@sha384:${"a".repeat(96)}`)] },
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
  unknown: [
    { name: "no image", objects: [image(undefined)] },
    { name: "a tag that is to be filled in", objects: [image("nginx:{{TAG}}")], reason: "Container app names no image that a runtime would accept." },
  ],
});
