import { deployment, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./secret-literal-in-spec";

const token = `ghp_${"a1B2".repeat(9)}`;

const TEMPLATE = { spec: { containers: [{ name: "app", image: "registry.example.com/app:1.0.0" }] } };

describeControl(control, {
  fails: [
    {
      name: "a password that a program takes on its command line, in a script and by itself",
      objects: [
        deployment({
          container: {
            command: ["redis-cli"],
            args: ["-a", "Tr0ub4dor33"],
            livenessProbe: { exec: { command: ["sh", "-c", "mysqladmin ping -uroot -pTr0ub4dor33"] } },
          },
        }),
      ],
      evidence: [
        { path: "spec.template.spec.containers[0].args[1]", message: "The arguments of container app hold a credential in -a (named as one)." },
        { path: "spec.template.spec.containers[0].livenessProbe.exec.command[2]" },
      ],
      remedy: false,
    },
    {
      name: "a variable with a telling name holds a literal",
      objects: [
        deployment({
          container: {
            env: [
              { name: "MODE", value: "fast" },
              { name: "DB_PASSWORD", value: "Tr0ub4dor33" },
            ],
          },
        }),
      ],
      evidence: [
        { path: "spec.template.spec.containers[0].env[1].value", value: "«redacted: named-literal, 11 characters»", container: "app", severity: "medium" },
      ],
      severity: "medium",
    },
    {
      name: "any variable holds a token by its format",
      objects: [deployment({ container: { env: [{ name: "X", value: token }] } })],
      evidence: [{ path: "spec.template.spec.containers[0].env[0].value", value: `«redacted: github-token, ${token.length} characters»` }],
      severity: "critical",
    },
    {
      name: "a stored object was redacted before",
      objects: [deployment({ container: { env: [{ name: "X", value: "«redacted: github-token, 40 characters»" }] } })],
      severity: "critical",
    },
    { name: "a well-known password", objects: [deployment({ container: { env: [{ name: "MYSQL_ROOT_PASSWORD", value: "changeme" }] } })], severity: "low" },
    {
      name: "an argument carries a password",
      objects: [pod({ container: { args: ["--user=cart", "--password=Tr0ub4dor33"] } })],
      evidence: [{ path: "spec.containers[0].args[1]", message: "The arguments of container app hold a credential in --password (named as one)." }],
      remedy: false,
    },
    {
      name: "the command carries a connection with its password",
      objects: [pod({ container: { command: ["/app", "postgres://cart:Tr0ub4dor@db/cart"] } })],
      evidence: [{ path: "spec.containers[0].command[1]", severity: "high" }],
      remedy: false,
    },
    {
      name: "a probe runs a command with it",
      objects: [deployment({ container: { readinessProbe: { exec: { command: ["mysqladmin", "ping", "--password=Tr0ub4dor33"] } } } })],
      evidence: [{ path: "spec.template.spec.containers[0].readinessProbe.exec.command[2]", container: "app" }],
      remedy: false,
    },
    {
      name: "a hook sends it in a header",
      objects: [
        deployment({
          container: { lifecycle: { preStop: { httpGet: { port: 8080, httpHeaders: [{ name: "Authorization", value: `Bearer ${token}` }] } } } },
        }),
      ],
      evidence: [{ path: "spec.template.spec.containers[0].lifecycle.preStop.httpGet.httpHeaders[0].value", severity: "critical" }],
      remedy: false,
    },
    {
      name: "a probe sends it in its path",
      objects: [deployment({ container: { readinessProbe: { httpGet: { port: 8080, path: "/ready?token=xK9-pump-rail-77" } } } })],
      evidence: [
        {
          path: "spec.template.spec.containers[0].readinessProbe.httpGet.path",
          message: "The readinessProbe of container app sends a credential in its path (url credentials).",
        },
      ],
      remedy: false,
    },
    {
      name: "the driver of a volume is told it",
      objects: [
        deployment({
          podSpec: {
            volumes: [{ name: "share", csi: { driver: "smb.csi.example.com", volumeAttributes: { mountOptions: "vers=3.0,password=Tr0ub4dor33" } } }],
          },
        }),
      ],
      evidence: [{ path: "spec.template.spec.volumes[0].csi.volumeAttributes.mountOptions", message: "Volume share holds a credential (named as one)." }],
      remedy: false,
    },
    {
      name: "the address of the image, and where it is mounted, hold it",
      objects: [
        deployment({
          container: {
            image: "https://ci:Tr0ub4dor33@registry.example.com/shop/app:1.0.0",
            volumeMounts: [{ name: "a", mountPath: "/a", subPath: `of-${token}` }],
          },
        }),
      ],
      evidence: [
        { path: "spec.template.spec.containers[0].image", message: "Field image of container app holds a credential (url credentials)." },
        { path: "spec.template.spec.containers[0].volumeMounts[0].subPath", severity: "critical" },
      ],
      remedy: false,
    },
    {
      name: "an init container has it",
      objects: [
        deployment({
          podSpec: {
            initContainers: [{ name: "seed", image: "registry.example.com/seed:1.0.0", env: [{ name: "API_TOKEN", value: "9f86d081884c7d659a2f" }] }],
          },
        }),
      ],
      evidence: [{ path: "spec.template.spec.initContainers[0].env[0].value", container: "seed" }],
    },
    {
      name: "an annotation of the pod has it",
      objects: [deployment({ podAnnotations: { "example.com/token": token } })],
      evidence: [{ path: 'spec.template.metadata.annotations["example.com/token"]' }],
    },
    {
      name: "the command that made it has it",
      objects: [deployment({ annotations: { "kubernetes.io/change-cause": "kubectl set env deployment/app --env=DB_PASSWORD=Tr0ub4dor33" } })],
      evidence: [{ path: 'metadata.annotations["kubernetes.io/change-cause"]', severity: "medium" }],
    },
    {
      name: "an annotation of what has several templates has it, once",
      objects: [
        {
          apiVersion: "ray.io/v1",
          kind: "RayCluster",
          metadata: { name: "app", namespace: "shop", annotations: { "example.com/token": token } },
          spec: { headGroupSpec: { template: TEMPLATE }, workerGroupSpecs: [{ template: TEMPLATE }] },
        },
      ],
      evidence: [{ path: 'metadata.annotations["example.com/token"]' }],
    },
    {
      name: "what stands beside several templates has it, once, and one of them",
      objects: [
        {
          apiVersion: "ray.io/v1",
          kind: "RayCluster",
          metadata: { name: "app", namespace: "shop" },
          spec: {
            headGroupSpec: { rayStartParams: { "redis-password": "Tr0ub4dor33" }, template: TEMPLATE },
            workerGroupSpecs: [{ template: { spec: { containers: [{ name: "app", image: "app:1", env: [{ name: "DB_PASSWORD", value: "Tr0ub4dor33" }] }] } } }],
          },
        },
      ],
      evidence: [
        {
          path: "spec.headGroupSpec.rayStartParams.redis-password",
          message: "Field spec.headGroupSpec.rayStartParams.redis-password holds a credential (named as one).",
        },
        { path: "spec.workerGroupSpecs[0].template.spec.containers[0].env[0].value" },
      ],
      remedy: false,
    },
    {
      name: "a setting of .NET has it, by the way to it",
      objects: [pod({ container: { args: ["--Kestrel:Certificates:Default:Password", "Tr0ub4dor33"] } })],
      evidence: [
        {
          path: "spec.containers[0].args[1]",
          message: "The arguments of container app hold a credential in --Kestrel:Certificates:Default:Password (named as one).",
        },
      ],
      remedy: false,
    },
    {
      name: "a template of a kind of others has it, and nothing beside it",
      objects: [
        {
          apiVersion: "argoproj.io/v1alpha1",
          kind: "Rollout",
          metadata: { name: "app", namespace: "shop" },
          spec: { template: { spec: { containers: [{ name: "app", image: "app:1", env: [{ name: "DB_PASSWORD", value: "Tr0ub4dor33" }] }] } } },
        },
      ],
      evidence: [{ path: "spec.template.spec.containers[0].env[0].value" }],
    },
    {
      name: "a trigger of KEDA has it",
      objects: [
        {
          apiVersion: "keda.sh/v1alpha1",
          kind: "ScaledJob",
          metadata: { name: "app", namespace: "shop" },
          spec: { jobTargetRef: { template: TEMPLATE }, triggers: [{ type: "rabbitmq", metadata: { host: "amqp://cart:Tr0ub4dor33@queue:5672/" } }] },
        },
      ],
      evidence: [{ path: "spec.triggers[0].metadata.host" }],
      remedy: false,
    },
    {
      name: "an annotation has it of something that is not its pods",
      objects: [
        {
          apiVersion: "example.com/v1",
          kind: "Database",
          metadata: { name: "app", namespace: "shop" },
          spec: { template: TEMPLATE, service: { metadata: { annotations: { "example.com/token": "Tr0ub4dor33" } } } },
        },
      ],
      evidence: [{ path: 'spec.service.metadata.annotations["example.com/token"]' }],
      remedy: false,
    },
    {
      name: "an annotation of the Jobs that it makes has it",
      objects: [
        {
          apiVersion: "batch/v1",
          kind: "CronJob",
          metadata: { name: "app", namespace: "shop" },
          spec: { schedule: "@daily", jobTemplate: { metadata: { annotations: { "example.com/token": token } }, spec: { template: TEMPLATE } } },
        },
      ],
      evidence: [{ path: 'spec.jobTemplate.metadata.annotations["example.com/token"]' }],
    },
    {
      name: "an annotation of a bare pod has it, once",
      objects: [pod({ annotations: { "example.com/token": token } })],
      evidence: [{ path: 'metadata.annotations["example.com/token"]' }],
    },
  ],
  passes: [
    {
      name: "values are references",
      objects: [
        deployment({
          container: {
            env: [
              { name: "DB_PASSWORD", value: "$(OTHER)" },
              { name: "DB_PASSWORD_FILE", value: "/run/secrets/db" },
            ],
          },
        }),
      ],
    },
    {
      name: "values come from a Secret",
      objects: [deployment({ container: { env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }] } })],
    },
    {
      name: "a checksum annotation",
      objects: [deployment({ podAnnotations: { "checksum/secret": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" } })],
    },
  ],
  unknown: [
    { name: "the shape is odd", objects: [deployment({ container: { env: { DB_PASSWORD: "x" }, args: "--password=Tr0ub4dor33", command: [7, null] } })] },
  ],
});
