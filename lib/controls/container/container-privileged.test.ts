import { deployment, pod } from "../../inventory/testing";
import { record } from "../../model/json";
import { describeControl } from "../testing";
import control from "./container-privileged";

const privileged = record(deployment({ container: { securityContext: { privileged: true } } }).spec).template;

describeControl(control, {
  fails: [
    {
      name: "an app container is privileged",
      objects: [deployment({ container: { securityContext: { privileged: true } } })],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.privileged", value: "true", container: "app" }],
      severity: "critical",
    },
    {
      name: "an init container is privileged, with added capabilities",
      objects: [
        pod({ podSpec: { initContainers: [{ name: "init", image: "init:1", securityContext: { privileged: true, capabilities: { add: ["SYS_ADMIN"] } } }] } }),
      ],
      evidence: [{ path: "spec.initContainers[0].securityContext.privileged", container: "init" }],
    },
    {
      name: "each of the templates of a custom kind",
      objects: [
        {
          apiVersion: "kubeflow.org/v1",
          kind: "PyTorchJob",
          metadata: { name: "train", namespace: "shop" },
          spec: { pytorchReplicaSpecs: { Master: { template: privileged }, Worker: { template: privileged } } },
        },
      ],
      evidence: ["Master", "Worker"].map((name) => ({ path: `spec.pytorchReplicaSpecs.${name}.template.spec.containers[0].securityContext.privileged` })),
    },
    {
      name: "an ephemeral container is privileged",
      objects: [pod({ podSpec: { ephemeralContainers: [{ name: "debug", image: "debug:1", securityContext: { privileged: true } }] } })],
      evidence: [{ path: "spec.ephemeralContainers[0].securityContext.privileged", container: "debug" }],
    },
    {
      name: "it mounts back to its node, which only privileged containers may",
      objects: [
        deployment({
          container: {
            securityContext: { privileged: true },
            volumeMounts: [
              { name: "scratch", mountPath: "/scratch" },
              { name: "mounts", mountPath: "/mnt", mountPropagation: "Bidirectional" },
            ],
          },
          podSpec: {
            volumes: [
              { name: "scratch", emptyDir: {} },
              { name: "mounts", hostPath: { path: "/mnt" } },
            ],
          },
        }),
      ],
    },
  ],
  passes: [
    { name: "unset", objects: [deployment()] },
    { name: "explicitly false", objects: [deployment({ container: { securityContext: { privileged: false } } })] },
    { name: "null", objects: [deployment({ container: { securityContext: { privileged: null } } })] },
  ],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" } } })] }],
  unknown: [
    { name: "the value is a text, which the API server refuses", objects: [deployment({ container: { securityContext: { privileged: "true" } } })] },
    { name: "containers are a map", objects: [deployment({ podSpec: { containers: { name: "app" } } })] },
    { name: "there is no container", objects: [deployment({ podSpec: { containers: [] } })] },
  ],
});
