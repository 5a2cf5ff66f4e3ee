import "server-only";
import { AppError } from "@/lib/errors/app-error";
import type { KubeVersion } from "@/lib/inventory/inventory";
import { parseJson, record, text } from "@/lib/model/json";
import type { KubeConnection } from "./kube-connection";

/** Asks `/version`, and so whether the cluster answers at all. Null when the version is hidden; throws AppError when there is no API server. */
export async function getServerVersion(connection: KubeConnection, signal?: AbortSignal): Promise<KubeVersion | null> {
  const answer = await connection.get("/version", signal ? { signal } : {});
  if (!answer.ok) {
    if (answer.fault.status === "forbidden") return null;
    if (answer.fault.status === "absent")
      throw new AppError("upstream", `${connection.server} is not a Kubernetes API server: it has no /version. Correct the address in the kubeconfig.`);
    throw new AppError("upstream", `${answer.fault.reason} ${answer.fault.action}`);
  }
  const version = parseVersion(answer.body.toString("utf8"));
  if (version === undefined)
    throw new AppError(
      "upstream",
      `${connection.server} is not a Kubernetes API server: its /version is something else. Correct the address in the kubeconfig.`,
    );
  return version;
}

/** `{"major":"1","minor":"34+","gitVersion":"v1.34.2-eks"}`; undefined when it is not such a document. */
function parseVersion(body: string): KubeVersion | undefined {
  const gitVersion = text(record(parseJson(body)).gitVersion);
  const match = /^v?(\d+)\.(\d+)/.exec(gitVersion ?? "");
  if (gitVersion === undefined || match === null) return undefined;
  return { major: Number(match[1]), minor: Number(match[2]), text: gitVersion };
}
