import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeAuditPolicy } from "./audit-log";
import { findBinaries, type Binaries } from "./binaries";
import { startChild, type Child } from "./child";
import { connectControlPlane, type ControlPlane } from "./control-plane";
import { writeCredentials, type Credentials } from "./credentials";
import { findFreePort } from "./free-port";
import { writeKubeconfig } from "./kubeconfig";
import { EndedEarly, waitForApiServer } from "./wait-for-api-server";

const STARTS = 3;
const PORT_TAKEN = "address already in use";

export interface ControlPlaneOptions {
  /** More flags for the API server. */
  readonly apiServerFlags?: readonly string[];
}

export type StartedControlPlane = { readonly controlPlane: ControlPlane; stop(): Promise<void> } | { readonly reason: string };

interface Paths {
  readonly folder: string;
  readonly caFile: string;
  readonly auditFile: string;
  readonly credentials: Credentials;
}

/**
 * Starts a genuine Kubernetes control plane on 127.0.0.1 with nothing in it: API server, etcd, controllers, scheduler, and
 * KWOK, which makes Node objects ready and pods run. Answers with a reason when this machine has no binaries for it.
 */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<StartedControlPlane> {
  const found = findBinaries();
  if ("reason" in found) return found;
  // Its ports were free a moment ago: where somebody took one meanwhile, what wanted it ends, and all begins at others.
  for (let left = STARTS; ; left -= 1) {
    try {
      return await startOnce(found.binaries, options);
    } catch (error) {
      if (left === 1 || !(error instanceof EndedEarly) || !error.message.includes(PORT_TAKEN)) throw error;
    }
  }
}

async function startOnce(binaries: Binaries, options: ControlPlaneOptions): Promise<StartedControlPlane> {
  const folder = mkdtempSync(join(tmpdir(), "concentric-control-plane-"));
  const children: Child[] = [];
  async function stop(): Promise<void> {
    for (const child of children.toReversed()) await child.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  try {
    return { controlPlane: await startAll(binaries, folder, children, options), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(binaries: Binaries, folder: string, children: Child[], options: ControlPlaneOptions): Promise<ControlPlane> {
  const certificates = join(folder, "certificates");
  mkdirSync(certificates);
  const credentials = writeCredentials(folder);
  const paths = { folder, caFile: join(certificates, "apiserver.crt"), auditFile: join(folder, "audit.jsonl"), credentials };
  const [etcdPort, peerPort, port] = [await findFreePort(), await findFreePort(), await findFreePort()];
  const url = `https://127.0.0.1:${port}`;
  const start = (name: string, command: readonly string[]): Child => {
    const child = startChild(name, command, join(folder, `${name}.log`));
    children.push(child);
    return child;
  };
  const etcd = start("etcd", [...binaries.etcd, ...etcdFlags(folder, etcdPort, peerPort)]);
  const apiServer = start("kube-apiserver", [
    ...binaries.apiServer,
    ...apiServerFlags(paths, certificates, etcdPort, port, binaries),
    ...(options.apiServerFlags ?? []),
  ]);
  await waitForApiServer(url, paths.caFile, credentials.adminToken, etcd, apiServer);

  const machinery = writeKubeconfig(join(folder, "machinery.kubeconfig"), url, { token: credentials.machineryToken, caFile: paths.caFile });
  const common = [`--kubeconfig=${machinery}`, "--leader-elect=false", "--secure-port=0", "--kube-api-qps=500", "--kube-api-burst=1000"];
  if (binaries.controllerManager !== null) {
    const keys = [`--service-account-private-key-file=${credentials.signingKeyFile}`, `--root-ca-file=${paths.caFile}`];
    // On a busy machine heartbeats come late, and nothing makes pods ready again that were once taken for lost.
    const patience = ["--node-monitor-grace-period=1h"];
    start("kube-controller-manager", [...binaries.controllerManager, ...common, ...keys, ...patience]);
  }
  if (binaries.scheduler !== null) start("kube-scheduler", [...binaries.scheduler, ...common]);
  if (binaries.kwok !== null) {
    const stages = binaries.stageFiles.map((file) => `--config=${file}`);
    start("kwok", [...binaries.kwok, `--kubeconfig=${machinery}`, "--manage-all-nodes=true", "--node-lease-duration-seconds=40", ...stages]);
  }
  return connectControlPlane({
    url,
    folder,
    caFile: paths.caFile,
    adminToken: credentials.adminToken,
    kubeconfigPath: writeKubeconfig(join(folder, "admin.kubeconfig"), url, { token: credentials.adminToken, caFile: paths.caFile }),
    auditFile: paths.auditFile,
    hasControllers: binaries.controllerManager !== null,
  });
}

function etcdFlags(folder: string, port: number, peerPort: number): readonly string[] {
  const address = `http://127.0.0.1:${port}`;
  const peers = `http://127.0.0.1:${peerPort}`;
  return [
    `--data-dir=${join(folder, "etcd")}`,
    `--listen-client-urls=${address}`,
    `--advertise-client-urls=${address}`,
    `--listen-peer-urls=${peers}`,
    "--unsafe-no-fsync=true",
  ];
}

function apiServerFlags(paths: Paths, certificates: string, etcdPort: number, port: number, binaries: Binaries): readonly string[] {
  const { signingKeyFile, verifyingKeyFile, tokenFile } = paths.credentials;
  return [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    `--secure-port=${port}`,
    "--bind-address=127.0.0.1",
    `--cert-dir=${certificates}`,
    `--service-account-key-file=${verifyingKeyFile}`,
    `--service-account-signing-key-file=${signingKeyFile}`,
    "--service-account-issuer=https://kubernetes.default.svc",
    `--token-auth-file=${tokenFile}`,
    "--authorization-mode=Node,RBAC",
    "--service-cluster-ip-range=10.96.0.0/16",
    "--allow-privileged=true",
    `--audit-policy-file=${writeAuditPolicy(join(paths.folder, "audit-policy.json"))}`,
    `--audit-log-path=${paths.auditFile}`,
    // Without controllers nobody makes the account that this plugin wants for every pod.
    ...(binaries.controllerManager === null ? ["--disable-admission-plugins=ServiceAccount"] : []),
  ];
}
