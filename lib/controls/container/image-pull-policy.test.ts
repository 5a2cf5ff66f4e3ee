import { deployment } from "../../inventory/testing";
import { componentPod, controlPlaneNode } from "../../inventory/testing-control-plane";
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
      name: "a name that projects move from build to build, with the default",
      objects: [runs("registry.example.com/app:beta")],
      target,
      evidence: [{ path: "spec.template.spec.containers[0].imagePullPolicy", value: null }],
    },
    { name: "never pulled", objects: [runs("registry.example.com/app:1.2.3", "Never")], target, severity: "info" },
  ],
  passes: [
    { name: "latest with the default, which is to pull", objects: [runs("registry.example.com/app:latest")], target },
    { name: "a release from the cache", objects: [runs("registry.example.com/app:1.2.3", "IfNotPresent")], target },
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
  unknown: [{ name: "a name that no runtime accepts", objects: [runs("{IMAGE}")], target }],
});
