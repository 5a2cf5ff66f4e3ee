import { request as httpsRequest } from "node:https";

export interface KubeAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface KubeEndpoint {
  readonly url: string;
  readonly caCert: string;
}

const PATCH_TYPE = "application/merge-patch+json";

/** One request as anybody with that token would send it; refusals are answers, a broken connection throws. */
export function kubeRequest(endpoint: KubeEndpoint, token: string, method: string, path: string, body?: unknown, contentType?: string): Promise<KubeAnswer> {
  const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const type = contentType ?? (method === "PATCH" ? PATCH_TYPE : "application/json");
  const headers = {
    authorization: `Bearer ${token}`,
    accept: "application/json",
    ...(payload === undefined ? {} : { "content-type": type, "content-length": String(payload.length) }),
  };
  return new Promise((resolve, reject) => {
    const request = httpsRequest(`${endpoint.url}${path}`, { method, headers, ca: endpoint.caCert }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: parseBody(Buffer.concat(chunks).toString("utf8")) }));
    });
    request.setTimeout(60_000, () => request.destroy(new Error(`${method} ${path} took more than 60 s`)));
    request.on("error", reject);
    request.end(payload);
  });
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
