import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./ingress-nginx-retired";

const digest = `@sha256:${"0123456789abcdef".repeat(4)}`;
const runs = (image: string) => deployment({ container: { image: `${image}${digest}` } });
const appRouting = deployment({
  namespace: "app-routing-system",
  container: { image: "mcr.microsoft.com/oss/v2/kubernetes/ingress-nginx-controller:v1.13.1" },
});

describeControl(control, {
  fails: [
    {
      name: "the last version",
      objects: [runs("registry.k8s.io/ingress-nginx/controller:v1.14.0")],
      evidence: [{ path: "spec.template.spec.containers[0].image", container: "app" }],
      severity: "high",
    },
    { name: "a version that any pod can take over", objects: [runs("registry.k8s.io/ingress-nginx/controller:v1.11.3")], severity: "critical" },
    { name: "the first that was fixed", objects: [runs("registry.k8s.io/ingress-nginx/controller:v1.12.1")], severity: "high" },
    {
      name: "where the project published it before",
      objects: [runs("quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.33.0")],
      severity: "critical",
    },
    { name: "a version that is to be filled in", objects: [deployment({ container: { image: "$REGISTRY/ingress-nginx/controller:${TAG}" } })] },
    {
      name: "the application routing of AKS, while Microsoft still fixes it",
      objects: [appRouting],
      observedAt: "2026-11-30T23:00:00Z",
      severity: "medium",
      evidence: [{ path: "spec.template.spec.containers[0].image", container: "app" }],
    },
    { name: "the application routing of AKS, after that", objects: [appRouting], observedAt: "2026-12-01T00:00:00Z", severity: "high" },
    { name: "a mirror of it", objects: [runs("registry.example.com/mirror/ingress-nginx/controller:v1.13.1")] },
  ],
  unknown: [
    {
      name: "a build of Rancher, who may still fix it",
      objects: [runs("docker.io/rancher/nginx-ingress-controller:v1.14.3-hardened2")],
      reason:
        "docker.io/rancher/nginx-ingress-controller is a build of the controller that was retired on 2026-03-24; whether its maker still fixes it is not told.",
    },
    {
      name: "a build of Rancher, where AKS runs its own",
      objects: [deployment({ namespace: "app-routing-system", container: { image: `docker.io/rancher/nginx-ingress-controller:v1.14.3${digest}` } })],
    },
    { name: "a build of Azure", objects: [runs("mcr.microsoft.com/oss/v2/kubernetes/ingress-nginx-controller:v1.13.1")] },
    {
      name: "an image that is to be filled in",
      objects: [deployment({ container: { image: "<image>" } })],
      reason: "Container app names no image that a runtime would accept.",
    },
  ],
  notApplicable: [
    { name: "another product with a similar name", objects: [runs("docker.io/nginx/nginx-ingress:5.0.0")] },
    { name: "its helper image", objects: [runs("registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.6.0")] },
  ],
});
