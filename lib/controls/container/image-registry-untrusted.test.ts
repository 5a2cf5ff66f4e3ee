import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./image-registry-untrusted";

const digest = `@sha256:${"0123456789abcdef".repeat(4)}`;
const settings = { trustedRegistries: ["registry.example.com/shop", "registry.k8s.io"] };
const runs = (image: string) => deployment({ container: { image } });

describeControl(control, {
  fails: [
    {
      name: "Docker Hub, which no name means",
      objects: [runs(`nginx:1.27.1${digest}`)],
      settings,
      evidence: [{ path: "spec.template.spec.containers[0].image", container: "app" }],
      severity: "high",
    },
    { name: "a look-alike of a trusted path", objects: [runs(`registry.example.com/shop-evil/app:1.2.3${digest}`)], settings },
    {
      name: "a volume made from an image",
      objects: [deployment({ podSpec: { volumes: [{ name: "m", image: { reference: `ghcr.io/x/model:1.2.3${digest}` } }] } })],
      settings,
      evidence: [{ path: "spec.template.spec.volumes[0].image.reference" }],
    },
  ],
  passes: [
    { name: "a trusted path", objects: [runs(`registry.example.com/shop/app:1.2.3${digest}`)], settings },
    {
      name: "a frozen registry that is trusted, which image-registry-dead says",
      objects: [runs(`k8s.gcr.io/pause:3.9.0${digest}`)],
      settings: { trustedRegistries: ["k8s.gcr.io", "registry.k8s.io"] },
    },
    { name: "Docker Hub by name", objects: [runs(`nginx:1.27.1${digest}`)], settings: { trustedRegistries: ["docker.io/library"] } },
  ],
  notApplicable: [
    { name: "no list", objects: [runs(`nginx:1.27.1${digest}`)] },
    { name: "a frozen registry without a list", objects: [runs(`k8s.gcr.io/pause:3.9.0${digest}`)] },
  ],
  unknown: [
    { name: "an image that cannot be read", objects: [runs("not an image")], settings },
    { name: "a registry that is to be filled in", objects: [runs("$REGISTRY/nginx:1.0")], settings },
  ],
});
