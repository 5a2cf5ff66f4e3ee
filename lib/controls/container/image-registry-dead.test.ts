import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./image-registry-dead";

const digest = `@sha256:${"0123456789abcdef".repeat(4)}`;
const runs = (image: string) => deployment({ container: { image: `${image}${digest}` } });

describeControl(control, {
  fails: [
    {
      name: "the first registry of Google's containers",
      objects: [runs("gcr.io/google-containers/pause:3.2.0")],
      evidence: [{ path: "spec.template.spec.containers[0].image" }],
    },
    { name: "the frozen registry of the project", objects: [runs("k8s.gcr.io/pause:3.9.0")], severity: "medium" },
    { name: "the registry behind the frozen one of Kubernetes", objects: [runs("eu.gcr.io/k8s-artifacts-prod/pause:3.2.0")] },
    { name: "the registry that Kubebuilder gave up", objects: [runs("gcr.io/kubebuilder/kube-rbac-proxy:v0.13.1")], remedy: false },
    { name: "a frozen copy of Bitnami", objects: [runs("bitnamilegacy/redis:7.2.5")], remedy: false },
  ],
  passes: [
    { name: "the registry of the project", objects: [runs("registry.k8s.io/pause:3.10.0")] },
    { name: "a name that only begins alike", objects: [runs("gcr.io/google-containers-mirror/pause:3.2.0")] },
  ],
  subsumed: [
    {
      name: "a frozen registry that is under no trusted one, which another control names",
      objects: [runs("k8s.gcr.io/pause:3.9.0")],
      settings: { trustedRegistries: ["registry.k8s.io"] },
    },
  ],
  unknown: [
    { name: "a name that no runtime accepts", objects: [deployment({ container: { image: "<image_url>" } })] },
    {
      name: "a registry that is to be filled in",
      objects: [deployment({ container: { image: "$REGISTRY/nginx:1.0" } })],
      reason: "Container app names no image that a runtime would accept.",
    },
  ],
});
