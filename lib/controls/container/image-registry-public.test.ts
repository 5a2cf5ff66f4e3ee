import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./image-registry-public";

const digest = `@sha256:${"0123456789abcdef".repeat(4)}`;
const runs = (image: string, namespace = "shop") => deployment({ namespace, container: { image: `${image}${digest}` } });

describeControl(control, {
  fails: [
    { name: "Docker Hub", objects: [runs("nginx:1.27.1")], evidence: [{ path: "spec.template.spec.containers[0].image", container: "app" }] },
    { name: "Kubernetes's own, outside of the platform", objects: [runs("registry.k8s.io/coredns/coredns:v1.12.0")] },
    { name: "a vendor's", objects: [runs("docker.elastic.co/elasticsearch/elasticsearch:9.2.0")] },
    ...["reg.kyverno.io/kyverno/kyverno:v1.16.0", "cr.l5d.io/linkerd/proxy:edge-25.11.1", "registry.redhat.io/ubi9/ubi:9.6"].map((image) => ({
      name: `a registry of one project or company: ${image}`,
      objects: [runs(image)],
    })),
    { name: "a project of Google Cloud that is open to all", objects: [runs("gcr.io/distroless/static-debian12:nonroot")] },
    { name: "the same in a region", objects: [runs("us.gcr.io/k8s-artifacts-prod/ingress-nginx/controller:v1.1.0")] },
    { name: "the same in the newer registry", objects: [runs("us-central1-docker.pkg.dev/google-samples/microservices-demo/adservice:v0.10.3")] },
    { name: "Docker Hub by another name", objects: [runs("registry.hub.docker.com/library/nginx:1.27.1")] },
    { name: "Google's copy of Docker Hub", objects: [runs("mirror.gcr.io/library/nginx:1.27.1")] },
    { name: "GitHub", objects: [runs("ghcr.io/acme/cart:1.0.0")] },
  ],
  passes: [
    { name: "a registry of one's own", objects: [runs("registry.example.com/cart:1.0.0")] },
    { name: "a registry of the cloud account", objects: [runs("111122223333.dkr.ecr.eu-west-1.amazonaws.com/cart:1.0.0")] },
    { name: "a registry of a cloud project", objects: [runs("europe-west4-docker.pkg.dev/acme-prod/shop/cart:1.0.0")] },
    { name: "a public one that is trusted", objects: [runs("ghcr.io/acme/cart:1.0.0")], settings: { trustedRegistries: ["ghcr.io/acme"] } },
    {
      name: "a project of Google Cloud that is trusted",
      objects: [runs("gcr.io/acme-prod/cart:1.0.0")],
      settings: { trustedRegistries: ["gcr.io/acme-prod"] },
    },
    { name: "what Google puts into its clusters", objects: [runs("gke.gcr.io/fluent-bit:v1.9.1", "kube-system")] },
    { name: "images of the platform", objects: [runs("registry.k8s.io/coredns/coredns:v1.12.0", "kube-system")] },
  ],
  subsumed: [{ name: "the list of trusted registries says it already", objects: [runs("nginx:1.27.1")], settings: { trustedRegistries: ["ghcr.io/acme"] } }],
  notApplicable: [{ name: "the word that Istio's injector replaces", objects: [deployment({ container: { name: "istio-proxy", image: "auto" } })] }],
  unknown: [
    { name: "a project of Google Cloud, of whomever", objects: [runs("gcr.io/some-person/x:1.0.0")] },
    { name: "the same in a region", objects: [runs("eu.gcr.io/some-person/x:1.0.0")] },
    { name: "a name that no runtime accepts", objects: [deployment({ container: { image: "<image_url>" } })] },
    { name: "a registry that is to be filled in", objects: [runs("$REGISTRY/nginx:1.0")], reason: "Container app names no image that a runtime would accept." },
  ],
});
