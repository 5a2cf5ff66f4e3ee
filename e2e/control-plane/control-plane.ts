import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dig, text } from "@/lib/model/json";
import { readAuditLog, type AuditLine } from "./audit-log";
import { kubeRequest, type KubeAnswer } from "./kube-request";
import { writeKubeconfig } from "./kubeconfig";

/** Plain data, so that one process can start a control plane and others use it. */
export interface ControlPlaneAddress {
  readonly url: string;
  readonly folder: string;
  readonly caFile: string;
  readonly adminToken: string;
  readonly kubeconfigPath: string;
  readonly auditFile: string;
  /** False = only an API server: no controllers, no nodes, no running pods. */
  readonly hasControllers: boolean;
}

export interface ControlPlane extends ControlPlaneAddress {
  readonly caCert: string;
  /** As administrator, unless a token is given. PATCH is a merge patch. */
  request(method: string, path: string, body?: unknown, options?: { token?: string; contentType?: string }): Promise<KubeAnswer>;
  /** A token of one hour. */
  serviceAccountToken(namespace: string, name: string): Promise<string>;
  /** Path of a kubeconfig with such a token. */
  serviceAccountKubeconfig(namespace: string, name: string): Promise<string>;
  auditLog(): readonly AuditLine[];
}

export function connectControlPlane(address: ControlPlaneAddress): ControlPlane {
  const caCert = readFileSync(address.caFile, "utf8");
  const endpoint = { url: address.url, caCert };
  const request: ControlPlane["request"] = (method, path, body, options = {}) =>
    kubeRequest(endpoint, options.token ?? address.adminToken, method, path, body, options.contentType);

  async function serviceAccountToken(namespace: string, name: string): Promise<string> {
    const body = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: { expirationSeconds: 3600 } };
    const answer = await request("POST", `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`, body);
    const token = text(dig(answer.body, "status", "token"));
    if (token === undefined) throw new Error(`no token for ${namespace}/${name}: ${JSON.stringify(answer.body)}`);
    return token;
  }

  return {
    ...address,
    caCert,
    request,
    serviceAccountToken,
    async serviceAccountKubeconfig(namespace, name) {
      const token = await serviceAccountToken(namespace, name);
      return writeKubeconfig(join(address.folder, `${namespace}-${name}.kubeconfig`), address.url, { token, caFile: address.caFile });
    },
    auditLog: () => readAuditLog(address.auditFile),
  };
}
