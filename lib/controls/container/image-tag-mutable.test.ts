import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./image-tag-mutable";

function image(reference: unknown, more: Record<string, unknown> = {}) {
  return deployment({ container: { image: reference, imagePullPolicy: undefined, ...more } });
}

describeControl(control, {
  fails: [
    {
      name: "latest",
      objects: [image("nginx:latest")],
      evidence: [{ path: "spec.template.spec.containers[0].image", value: "nginx:latest", container: "app" }],
      severity: "medium",
    },
    { name: "no tag, with the port of a registry", objects: [image("registry.example.com:5000/shop/app")], severity: "medium" },
    { name: "a build of whatever release is the newest", objects: [image("nginx:stable-alpine")], severity: "low" },
    { name: "a branch", objects: [image("app:main")], severity: "low" },
    {
      name: "an image volume",
      objects: [deployment({ podSpec: { volumes: [{ name: "data", image: { reference: "data:latest" } }] } })],
      evidence: [{ path: "spec.template.spec.volumes[0].image.reference", value: "data:latest" }],
    },
    { name: "that word for a container of one's own", objects: [image("auto")] },
    {
      name: "an init container",
      objects: [deployment({ podSpec: { initContainers: [{ name: "init", image: "busybox" }] } })],
      evidence: [{ path: "spec.template.spec.initContainers[0].image" }],
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
    { name: "a digest that is none, which no runtime accepts", objects: [image("nginx:latest@sha256:abc")] },
    { name: "no image", objects: [image(undefined)] },
    { name: "an image that is a number", objects: [image(5)] },
    { name: "a placeholder", objects: [image("{{ .Values.image }}")] },
  ],
});
