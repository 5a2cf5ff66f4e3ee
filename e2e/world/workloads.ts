import { container, hardened, manifest, SMALL, templateFor, type Manifest } from "./manifest";

const DIGEST = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/** Workloads that hold every rule: in a namespace that enforces them. */
export function hardenedWorkloadManifests(): readonly Manifest[] {
  const web = {
    serviceAccountName: "web",
    automountServiceAccountToken: false,
    containers: [hardened("web", `registry.example.com/shop/web:4.2.1@${DIGEST}`, { ports: [{ containerPort: 8080 }] })],
    initContainers: [
      hardened("migrate", `registry.example.com/shop/migrate:4.2.1@${DIGEST}`),
      hardened("proxy", `registry.example.com/mesh/proxy:2.0.0@${DIGEST}`, { restartPolicy: "Always" }),
    ],
    volumes: [{ name: "work", emptyDir: {} }],
  };
  const cart = {
    ...web,
    initContainers: [],
    containers: [hardened("cart", `registry.example.com/shop/cart:1.0.0@${DIGEST}`, { env: [{ name: "LEVEL", value: "info" }] })],
  };
  return [
    manifest("apps/v1", "Deployment", "shop", "web", { spec: { replicas: 2, ...templateFor("web", web) } }),
    manifest("apps/v1", "Deployment", "shop", "cart", { spec: { replicas: 1, ...templateFor("cart", cart) } }),
    manifest("apps/v1", "Deployment", "shop", "asleep", { spec: { replicas: 0, ...templateFor("asleep", cart) } }),
  ];
}

/** Half-way: what the baseline level admits. */
export function baselineWorkloadManifests(): readonly Manifest[] {
  const ledger = {
    serviceAccountName: "ledger",
    securityContext: { runAsNonRoot: true, fsGroup: 2000 },
    containers: [
      container("ledger", "registry.example.com/bank/ledger:2", { resources: { limits: { memory: "512Mi" } }, env: [{ name: "MODE", value: "live" }] }),
    ],
  };
  const queue = { containers: [container("queue", "redis", { securityContext: { capabilities: { add: ["NET_BIND_SERVICE"] } } })] };
  return [
    manifest("apps/v1", "StatefulSet", "bank", "ledger", { spec: { replicas: 1, serviceName: "ledger", ...templateFor("ledger", ledger) } }),
    manifest("apps/v1", "ReplicaSet", "bank", "queue", { spec: { replicas: 1, ...templateFor("queue", queue) } }),
  ];
}

/** What nobody has touched for years. */
export function legacyWorkloadManifests(): readonly Manifest[] {
  const builder = {
    hostPID: true,
    hostNetwork: true,
    containers: [
      container("builder", "docker:latest", {
        securityContext: { privileged: true, runAsUser: 0 },
        volumeMounts: [
          { name: "socket", mountPath: "/var/run/docker.sock" },
          { name: "root", mountPath: "/host" },
        ],
        env: [
          { name: "DB_PASSWORD", value: "hunter2-not-a-real-one" },
          { name: "TOKEN", valueFrom: { secretKeyRef: { name: "ci", key: "token" } } },
        ],
        ports: [{ containerPort: 9000 }],
      }),
    ],
    volumes: [
      { name: "socket", hostPath: { path: "/var/run/docker.sock" } },
      { name: "root", hostPath: { path: "/" } },
    ],
  };
  const shell = {
    hostIPC: true,
    securityContext: { sysctls: [{ name: "net.core.somaxconn", value: "1024" }], seLinuxOptions: { user: "root" }, seccompProfile: { type: "Unconfined" } },
    containers: [
      container("shell", "busybox:1.36", {
        securityContext: { capabilities: { add: ["SYS_ADMIN", "NET_RAW"] }, appArmorProfile: { type: "Unconfined" } },
        ports: [{ containerPort: 22, hostPort: 2222 }],
        livenessProbe: { httpGet: { host: "10.0.0.1", path: "/", port: 80 } },
      }),
    ],
  };
  return [
    manifest("apps/v1", "Deployment", "legacy", "builder", { spec: { replicas: 1, ...templateFor("builder", builder) } }),
    manifest("v1", "Pod", "legacy", "shell", { spec: shell }, { labels: { app: "shell" } }),
    manifest("v1", "ReplicationController", "legacy", "old", {
      spec: { replicas: 1, selector: { app: "old" }, template: { metadata: { labels: { app: "old" } }, spec: { containers: [container("old", "nginx")] } } },
    }),
  ];
}

export function otherWorkloadManifests(): readonly Manifest[] {
  const agent = {
    tolerations: [{ operator: "Exists" }],
    containers: [
      container("agent", "registry.example.com/ops/agent:7", { resources: SMALL, volumeMounts: [{ name: "logs", mountPath: "/logs", readOnly: true }] }),
    ],
    volumes: [{ name: "logs", hostPath: { path: "/var/log" } }],
  };
  const report = { restartPolicy: "OnFailure", containers: [container("report", "registry.example.com/jobs/report:3", { resources: SMALL })] };
  const iis = {
    nodeSelector: { "kubernetes.io/os": "windows" },
    os: { name: "windows" },
    tolerations: [{ key: "os", operator: "Exists" }],
    containers: [container("iis", "mcr.example.com/iis:2022", { securityContext: { windowsOptions: { runAsUserName: "ContainerUser" } } })],
  };
  return [
    manifest("apps/v1", "DaemonSet", "agents", "agent", { spec: templateFor("agent", agent) }),
    // On a day that never comes: a run between two scans would look like a change.
    manifest("batch/v1", "CronJob", "jobs", "nightly", { spec: { schedule: "0 3 31 2 *", jobTemplate: { spec: { template: { spec: report } } } } }),
    manifest("batch/v1", "Job", "jobs", "once", { spec: { template: { spec: { ...report, restartPolicy: "Never" } } } }),
    manifest("batch/v1", "Job", "jobs", "later", { spec: { suspend: true, template: { spec: { ...report, restartPolicy: "Never" } } } }),
    manifest("apps/v1", "Deployment", "edge", "iis", { spec: { replicas: 1, ...templateFor("iis", iis) } }),
    manifest("apps/v1", "Deployment", "default", "stray", {
      spec: { replicas: 1, ...templateFor("stray", { containers: [container("stray", "nginx:1.29")] }) },
    }),
  ];
}
