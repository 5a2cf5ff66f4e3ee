import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./user-workload-in-system-namespace";

const inSystem = (image: string) => [deployment({ namespace: "kube-system", container: { image } })];

describeControl(control, {
  fails: [
    {
      name: "an image of nobody known",
      objects: inSystem("docker.io/xmrig/miner:1.0.0"),
      severity: "medium",
      evidence: [{ path: "spec.template.spec.containers[0].image" }],
    },
    { name: "another path of a registry of Google", objects: inSystem("us-central1-artifactregistry.gcr.io/shop/fluent-bit:v1") },
    { name: "a registry that begins like a known one", objects: inSystem("registry.k8s.io.evil.example/app:1") },
    {
      name: "a helper container",
      objects: [
        deployment({
          namespace: "kube-system",
          podSpec: {
            containers: [
              { name: "dns", image: "registry.k8s.io/coredns/coredns:v1.12.0" },
              { name: "helper", image: "example.com/helper:1" },
            ],
          },
        }),
      ],
      evidence: [{ path: "spec.template.spec.containers[1].image", container: "helper" }],
    },
  ],
  passes: [
    { name: "a component of Kubernetes", objects: inSystem("registry.k8s.io/kube-proxy:v1.35.0") },
    { name: "a controller whose own installation puts it there", objects: inSystem("docker.io/bitnami/sealed-secrets-controller:0.30.0") },
    { name: "an add-on of EKS", objects: inSystem("602401143452.dkr.ecr.eu-central-1.amazonaws.com/eks/coredns:v1.11.4") },
    {
      name: "an add-on of GKE, from a registry of its region",
      objects: inSystem("us-central1-artifactregistry.gcr.io/gke-release/gke-release/fluent-bit:v1.8.12"),
    },
    { name: "an add-on of AKS", objects: inSystem("mcr.microsoft.com/azure-policy/policy-kubernetes-addon-prod:prod_20250301.1") },
    { name: "a mirror in a private registry", objects: inSystem("harbor.example.com/mirror/metrics-server:v0.8.0") },
  ],
  notApplicable: [{ name: "any other namespace", objects: [deployment()] }],
  unknown: [
    {
      name: "no image, as in a part that is laid over another manifest",
      objects: [deployment({ namespace: "kube-system", podSpec: { containers: [{ name: "app" }] } })],
      reason: "Container app names no image that a runtime would accept.",
    },
  ],
});
