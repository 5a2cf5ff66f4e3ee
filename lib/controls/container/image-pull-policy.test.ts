import { deployment } from "../../inventory/testing";
import { componentPod, controlPlaneNode } from "../../inventory/nodes/testing-control-plane";
import { describeControl } from "../testing";
import control from "./image-pull-policy";

const runs = (image: string, imagePullPolicy?: string) => deployment({ container: { image, imagePullPolicy } });
const target = { kind: "Deployment", name: "app" };

describeControl(control, {
  fails: [
    {
      name: "latest from the cache",
      objects: [runs("registry.example.com/app:latest", "IfNotPresent")],
      target,
      evidence: [{ path: "spec.template.spec.containers[0].imagePullPolicy", value: "IfNotPresent" }],
      severity: "low",
    },
    {
      name: "a moving tag with the default",
      objects: [runs("registry.example.com/app:1.27")],
      target,
      evidence: [{ path: "spec.template.spec.containers[0].imagePullPolicy", value: null }],
    },
    {
      name: "a build of a line of releases",
      objects: [runs("docker.io/library/nginx:1.29-alpine")],
      target,
      evidence: [
        {
          path: "spec.template.spec.containers[0].imagePullPolicy",
          message:
            "Container app uses the tag 1.29-alpine, which most projects move with each release of that line, from the cache of the node (IfNotPresent).",
        },
      ],
    },
    {
      name: "a name that projects move from build to build, with the default",
      objects: [runs("registry.example.com/app:beta")],
      target,
      evidence: [{ path: "spec.template.spec.containers[0].imagePullPolicy", value: null }],
    },
    {
      name: "one of two API servers pulls always: the other may get the request",
      objects: [
        controlPlaneNode(),
        componentPod("kube-apiserver", ["--enable-admission-plugins=AlwaysPullImages"]),
        componentPod("kube-apiserver", [], { node: "cp-2" }),
        runs("registry.example.com/app:latest", "IfNotPresent"),
      ],
      target,
    },
    { name: "never pulled", objects: [runs("registry.example.com/app:1.2.3", "Never")], target, severity: "info" },
  ],
  passes: [
    { name: "latest with an empty policy, which is the default", objects: [runs("registry.example.com/app:latest", "")], target },
    { name: "latest with the default, which is to pull", objects: [runs("registry.example.com/app:latest")], target },
    { name: "a release from the cache", objects: [runs("registry.example.com/app:1.2.3", "IfNotPresent")], target },
    { name: "a build that its date names", objects: [runs("registry.example.com/app:20261125")], target },
    { name: "a build of a line that its commit names", objects: [runs("registry.example.com/app:1.27-3f2c9ab")], target },
    { name: "a digest", objects: [deployment()], target },
  ],
  notApplicable: [
    {
      name: "the API server pulls always",
      objects: [
        controlPlaneNode(),
        componentPod("kube-apiserver", ["--enable-admission-plugins=AlwaysPullImages"]),
        runs("registry.example.com/app:latest", "IfNotPresent"),
      ],
      target,
    },
  ],
  unknown: [
    {
      name: "an API server that pulls always among manifests, which need not hold them all",
      objects: [componentPod("kube-apiserver", ["--enable-admission-plugins=AlwaysPullImages"]), runs("registry.example.com/app:latest", "IfNotPresent")],
      complete: false,
      target,
    },
    { name: "a name that no runtime accepts", objects: [runs("{IMAGE}")], target },
    { name: "a tag that is to be filled in", objects: [runs("nginx:${TAG}")], target, reason: "Container app names no image that a runtime would accept." },
  ],
});
