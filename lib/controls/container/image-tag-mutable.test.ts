import { deployment, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./image-tag-mutable";

function image(reference: unknown, more: Record<string, unknown> = {}) {
  return deployment({ container: { image: reference, imagePullPolicy: undefined, ...more } });
}

const DIGEST = `sha256:${"a".repeat(64)}`;

function running(reference: string) {
  const status = { phase: "Running", containerStatuses: [{ name: "app", imageID: `docker.io/library/nginx@${DIGEST}` }] };
  return pod({ container: { image: reference, imagePullPolicy: "Always" }, status });
}

describeControl(control, {
  fails: [
    {
      name: "latest with an empty pull policy, which is the default",
      objects: [deployment({ container: { image: "registry.example.com/app:latest", imagePullPolicy: "" } })],
      evidence: [{ path: "spec.template.spec.containers[0].image", message: "Container app names the tag latest, which moves." }],
      remedy: false,
    },
    {
      name: "latest",
      objects: [image("nginx:latest")],
      evidence: [{ path: "spec.template.spec.containers[0].image", value: "nginx:latest", container: "app" }],
      severity: "medium",
      remedy: false,
    },
    { name: "no tag, with the port of a registry", objects: [image("registry.example.com:5000/shop/app")], severity: "medium", remedy: false },
    { name: "a build of whatever release is the newest", objects: [image("nginx:stable-alpine")], severity: "low", remedy: false },
    { name: "a branch", objects: [image("app:main")], severity: "low", remedy: false },
    {
      name: "an image volume",
      objects: [deployment({ podSpec: { volumes: [{ name: "data", image: { reference: "data:latest" } }] } })],
      evidence: [{ path: "spec.template.spec.volumes[0].image.reference", value: "data:latest" }],
      remedy: false,
    },
    { name: "that word for a container of one's own", objects: [image("auto")], remedy: false },
    {
      name: "an init container",
      objects: [deployment({ podSpec: { initContainers: [{ name: "init", image: "busybox" }] } })],
      evidence: [{ path: "spec.template.spec.initContainers[0].image" }],
      remedy: false,
    },
    {
      name: "latest, of which the running pod tells the digest",
      objects: [running("nginx:latest")],
      evidence: [{ path: "spec.containers[0].image", message: `Container app names the tag latest, which moves. Its pods run ${DIGEST}.` }],
    },
  ],
  passes: [
    { name: "a version", objects: [image("nginx:1.27.3")] },
    { name: "a build of a version", objects: [image("nginx:1.27.3-alpine")] },
    { name: "a digest wins over latest", objects: [image(`nginx:latest@sha256:${"a".repeat(64)}`)] },
  ],
  notApplicable: [
    {
      name: "the word that Istio's injector replaces",
      objects: [image("auto", { name: "istio-proxy" })],
    },
  ],
  unknown: [
    {
      name: "a digest that lacks a character, by which no image can be had",
      objects: [image(`nginx@sha256:${"a".repeat(63)}`)],
      reason: "Container app names no image that a runtime would accept.",
    },
    { name: "a digest that is none, which no runtime accepts", objects: [image("nginx:latest@sha256:abc")] },
    { name: "no image", objects: [image(undefined)] },
    { name: "an image that is a number", objects: [image(5)] },
    { name: "a placeholder", objects: [image("{{ .Values.image }}")] },
    { name: "a tag that is to be filled in", objects: [image("nginx:<tag>")], reason: "Container app names no image that a runtime would accept." },
    { name: "a registry that is to be filled in", objects: [image("$REGISTRY/nginx:1.0")] },
  ],
});
