import { pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./image-tag-drift";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const [A, B] = [digest("a"), digest("b")];

function running(name: string, imageID: string, more: { image?: string; node?: string; phase?: string } = {}) {
  const image = more.image ?? "shop/app:1.4";
  const podSpec = more.node === undefined ? {} : { nodeName: more.node };
  const status = { phase: more.phase ?? "Running", containerStatuses: [{ name: "app", image, imageID }] };
  return pod({ name, container: { image }, podSpec, status });
}

const node = (name: string, arch: string) => ({ apiVersion: "v1", kind: "Node", metadata: { name, labels: { "kubernetes.io/arch": arch } } });
const target = { kind: "Pod", name: "one" };

describeControl(control, {
  fails: [
    {
      name: "two builds of one tag",
      objects: [running("one", `docker.io/shop/app@${A}`), running("two", `docker.io/shop/app@${B}`), running("three", `docker-pullable://shop/app@${B}`)],
      target,
      severity: "high",
      evidence: [
        {
          path: "spec.containers[0].image",
          value: "shop/app:1.4",
          container: "app",
          message: "Container app is one of several builds of this name: sha256:bbbbbbbbbbbb on 2 pods and sha256:aaaaaaaaaaaa on 1 pod.",
        },
      ],
    },
    {
      name: "two builds on machines of one architecture",
      objects: [node("n1", "arm64"), node("n2", "arm64"), running("one", `app@${A}`, { node: "n1" }), running("two", `app@${B}`, { node: "n2" })],
      target,
      evidence: [
        {
          path: "spec.containers[0].image",
          message: "Container app is one of several builds of this name (arm64): sha256:aaaaaaaaaaaa on 1 pod and sha256:bbbbbbbbbbbb on 1 pod.",
        },
      ],
    },
    {
      name: "two builds of one name that is written in two ways",
      objects: [running("one", `app@${A}`, { image: "app" }), running("two", `app@${B}`, { image: "docker.io/library/app:latest" })],
      target,
    },
    { name: "two builds in a part of a cluster", objects: [running("one", `app@${A}`), running("two", `app@${B}`)], target, complete: false },
  ],
  passes: [
    { name: "one build everywhere", objects: [running("one", `docker.io/shop/app@${A}`), running("two", `mirror.example/shop/app@${A}`)], target },
    {
      name: "a pod that ended ran another",
      objects: [running("one", `app@${A}`), running("two", `app@${A}`), running("three", `app@${B}`, { phase: "Succeeded" })],
      target,
    },
  ],
  notApplicable: [
    {
      name: "a build for each architecture",
      objects: [node("n1", "arm64"), node("n2", "amd64"), running("one", `app@${A}`, { node: "n1" }), running("two", `app@${B}`, { node: "n2" })],
      target,
    },
    { name: "one pod", objects: [running("one", `app@${A}`), running("two", `app@${B}`, { image: "shop/app:1.5" })], target },
    { name: "a digest in the name", objects: [running("one", `app@${A}`, { image: `app@${A}` }), running("two", `app@${A}`, { image: `app@${A}` })], target },
    {
      name: "a digest in the name, in manifests",
      objects: [pod({ name: "one" })],
      target,
      complete: false,
      reason: "Its images are pinned by digest.",
    },
    { name: "no container has started", objects: [running("one", ""), running("two", "")], target, reason: "No container of it has started." },
  ],
  unknown: [
    { name: "the id of a configuration", objects: [running("one", A), running("two", `docker://${A}`)], target },
    { name: "one build in a part of a cluster", objects: [running("one", `app@${A}`), running("two", `app@${A}`)], target, complete: false },
    { name: "manifests without a status", objects: [pod({ name: "one", container: { image: "shop/app:1.4" } })], target, complete: false },
  ],
});
