import { cronJob, deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./secret-env-ref";

describeControl(control, {
  fails: [
    {
      name: "one key as a variable",
      objects: [deployment({ container: { env: [{ name: "TOKEN", valueFrom: { secretKeyRef: { name: "api", key: "token" } } }] } })],
      evidence: [{ path: "spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef", container: "app" }],
    },
    {
      name: "a whole Secret as variables",
      objects: [cronJob({ container: { envFrom: [{ configMapRef: { name: "a" } }, { secretRef: { name: "api" } }] } })],
      evidence: [{ path: "spec.jobTemplate.spec.template.spec.containers[0].envFrom[1].secretRef" }],
    },
    {
      name: "an init container, with the Secret already mounted for another",
      objects: [
        deployment({
          container: { volumeMounts: [{ name: "api", mountPath: "/etc/api" }] },
          podSpec: {
            volumes: [{ name: "api", secret: { secretName: "api" } }],
            initContainers: [
              { name: "seed", image: "registry.example.com/seed:1.0.0", env: [{ name: "TOKEN", valueFrom: { secretKeyRef: { name: "api", key: "token" } } }] },
            ],
          },
        }),
      ],
      evidence: [{ path: "spec.template.spec.initContainers[0].env[0].valueFrom.secretKeyRef", container: "seed" }],
    },
  ],
  passes: [
    { name: "a Secret as a volume", objects: [deployment({ podSpec: { volumes: [{ name: "api", secret: { secretName: "api" } }] } })] },
    {
      name: "variables from a ConfigMap or the pod itself",
      objects: [
        deployment({
          container: { env: [{ name: "NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } }], envFrom: [{ configMapRef: { name: "a" } }] },
        }),
      ],
    },
  ],
  unknown: [{ name: "odd shapes", objects: [deployment({ container: { env: "TOKEN", envFrom: [{ secretRef: "api" }, null] } })] }],
});
