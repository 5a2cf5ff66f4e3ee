import "server-only";

/** What a demo workload is, before the day decides how well it is configured. */
export interface DemoWorkload {
  readonly name: string;
  readonly kind: "Deployment" | "StatefulSet" | "DaemonSet" | "CronJob";
  readonly replicas: number;
  readonly port?: number;
  /** Writes to its file system outside of /tmp. */
  readonly writes?: boolean;
  /** Talks to the API server. */
  readonly usesApi?: boolean;
  /** A literal credential in the environment, until the team is hardened. */
  readonly literal?: string;
  /** A proxy of the platform team runs beside it, well set up from the start. */
  readonly hasProxy?: boolean;
}

export interface DemoTeam {
  readonly team: string;
  readonly namespace: string;
  readonly helm: boolean;
  readonly workloads: readonly DemoWorkload[];
}

const service = (name: string, more: Partial<DemoWorkload> = {}): DemoWorkload => ({ name, kind: "Deployment", replicas: 2, port: 8080, ...more });
const nightly = (name: string, more: Partial<DemoWorkload> = {}): DemoWorkload => ({ name, kind: "CronJob", replicas: 0, ...more });
const stateful = (name: string, more: Partial<DemoWorkload> = {}): DemoWorkload => ({
  name,
  kind: "StatefulSet",
  replicas: 2,
  port: 5432,
  writes: true,
  ...more,
});
const onEachNode = (name: string, more: Partial<DemoWorkload> = {}): DemoWorkload => ({ name, kind: "DaemonSet", replicas: 3, ...more });

export const DEMO_TEAMS: readonly DemoTeam[] = [
  {
    team: "payments",
    namespace: "payments",
    helm: true,
    workloads: [
      service("ledger"),
      service("card-gateway", { literal: "PROVIDER_API_KEY", hasProxy: true }),
      service("refunds"),
      service("fraud-score"),
      service("webhooks"),
      stateful("ledger-db"),
      nightly("settlement"),
      nightly("reconcile"),
    ],
  },
  {
    team: "checkout",
    namespace: "checkout",
    helm: true,
    workloads: [
      service("checkout-gateway", { port: 8443, usesApi: true, hasProxy: true }),
      service("basket"),
      service("pricing"),
      service("coupons"),
      service("address-check", { literal: "LOOKUP_TOKEN" }),
      stateful("basket-cache", { port: 6379 }),
      nightly("expire-baskets"),
    ],
  },
  {
    team: "catalog",
    namespace: "catalog",
    helm: true,
    workloads: [
      service("catalog-api"),
      service("thumbnailer", { writes: true }),
      service("importer"),
      service("stock"),
      stateful("catalog-db"),
      nightly("rebuild-index"),
      nightly("feed-export"),
    ],
  },
  {
    team: "search",
    namespace: "search",
    helm: false,
    workloads: [service("query"), service("ranker"), service("suggest"), stateful("index", { port: 9200, replicas: 3 }), nightly("reindex")],
  },
  {
    team: "identity",
    namespace: "identity",
    helm: true,
    workloads: [service("login"), service("sessions"), service("directory"), stateful("accounts-db"), nightly("expire-sessions")],
  },
  {
    team: "media",
    namespace: "media",
    helm: true,
    workloads: [
      service("transcode", { writes: true }),
      service("uploads"),
      service("streams"),
      service("captions"),
      service("player-api"),
      nightly("purge-cache"),
    ],
  },
  {
    team: "data",
    namespace: "data-platform",
    helm: false,
    workloads: [
      service("trino-coordinator", { port: 8080 }),
      stateful("trino-worker", { replicas: 3, port: 8081 }),
      service("notebooks", { port: 8888, usesApi: true }),
      service("airflow-web"),
      service("airflow-scheduler", { usesApi: true }),
      stateful("metastore"),
      nightly("compact-tables"),
      nightly("export-events", { literal: "WAREHOUSE_PASSWORD" }),
    ],
  },
  {
    team: "platform",
    namespace: "observability",
    helm: true,
    workloads: [
      stateful("prometheus", { port: 9090, usesApi: true }),
      service("grafana", { port: 3000 }),
      service("alertmanager", { port: 9093 }),
      onEachNode("node-exporter", { port: 9100 }),
      onEachNode("log-shipper"),
      service("kube-state", { usesApi: true }),
    ],
  },
  {
    team: "platform",
    namespace: "ingress",
    helm: true,
    workloads: [service("edge-proxy", { port: 8443, replicas: 3 }), service("cert-renewer", { usesApi: true })],
  },
  {
    team: "platform",
    namespace: "ci",
    helm: false,
    workloads: [
      service("build-runner", { writes: true, usesApi: true }),
      service("deployer", { usesApi: true }),
      stateful("artifact-store", { port: 9000 }),
      nightly("prune-builds"),
    ],
  },
];

export const LOYALTY: DemoTeam = {
  team: "loyalty",
  namespace: "loyalty",
  helm: false,
  workloads: [service("points"), service("offers", { literal: "PARTNER_SECRET" }), service("campaigns"), stateful("points-db"), nightly("award-points")],
};
