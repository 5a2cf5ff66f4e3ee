import { type APIRequestContext, expect, test } from "@playwright/test";
import { z } from "zod";
import { API, findFindingId, PAGES } from "./pages";

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: "path" | "query"; readonly required: boolean }[];
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, { readonly schema: Parameters<typeof z.fromJSONSchema>[0] }>> }>>;
}

/** What the parameters of an address may be on the demo cluster. */
const VALUES: Readonly<Record<string, string>> = {
  cluster: "harbour-demo",
  control: "rbac-cluster-admin-binding",
  layer: "container",
  framework: "cis",
  namespace: "checkout",
  groupKind: "apps.Deployment",
  name: "checkout-gateway",
  from: "checkout",
  to: "payments",
  q: "a",
  format: "json",
};

async function readReads(request: APIRequestContext): Promise<readonly (readonly [string, Operation])[]> {
  const document = (await (await request.get("/api/v1/openapi.json")).json()) as { paths: Record<string, { get?: Operation }> };
  return Object.entries(document.paths).flatMap(([path, { get }]) => (get ? [[path, get] as const] : []));
}

/** The address of a read, with all that it must be asked with and `at` where it takes one. */
function toAddress(path: string, { parameters }: Operation, finding: string, at: string | null): string {
  const known = { ...VALUES, id: finding };
  const query = new URLSearchParams();
  for (const { name, required, ...parameter } of parameters) if (parameter.in === "query" && required) query.set(name, VALUES[name] ?? "");
  if (at !== null && parameters.some(({ name }) => name === "at")) query.set("at", at);
  return `${path.replace(/\{(\w+)\}/g, (_, name: keyof typeof known) => known[name] ?? "")}?${query.toString()}`;
}

const withoutEnd = ({ responses }: Operation): boolean => "text/event-stream" in (responses["200"]?.content ?? {});

/** What a page at a moment answers, and nothing else is asked for. */
async function drawPages(request: APIRequestContext, baseURL: string | undefined, at: string): Promise<readonly (readonly [string, number])[]> {
  const finding = await findFindingId(baseURL);
  const drawn: [string, number][] = [];
  for (const { path } of PAGES) {
    const address = `${path.replace("{finding}", finding)}${path.includes("?") ? "&" : "?"}at=${at}`;
    drawn.push([address, (await request.get(address)).status()]);
  }
  return drawn;
}

for (const [at, when] of [
  [null, "now"],
  ["40", "as of a moment, and pages answer after it"],
  ["41", "as of a moment that pages were drawn of"],
] as const) {
  // Pages and the API are bundled apart, and each reads what the other has made of a moment.
  test(`every read answers as the OpenAPI document says, ${when}`, async ({ request, baseURL }) => {
    const expectPages = async (moment: string) => {
      const drawn = await drawPages(request, baseURL, moment);
      expect(drawn).toEqual(drawn.map(([address]) => [address, 200]));
    };
    if (at === "41") await expectPages(at);
    const { rows } = (await (await request.get(`${API}/findings?limit=1${at === null ? "" : `&at=${at}`}`)).json()) as { rows: { id: string }[] };
    const reads = await readReads(request);
    expect(reads.length).toBeGreaterThan(20);
    for (const [path, operation] of reads) {
      if (withoutEnd(operation)) continue;
      const address = toAddress(path, operation, rows[0]?.id ?? "", at);
      const response = await request.get(address);
      expect([address, response.status()]).toEqual([address, 200]);
      const described = operation.responses["200"]?.content[response.headers()["content-type"] ?? ""];
      const parsed = z.fromJSONSchema(described?.schema ?? false).safeParse(await response.json());
      expect([address, parsed.error?.issues.slice(0, 3) ?? []]).toEqual([address, []]);
    }
    if (at === "40") await expectPages(at);
  });
}

test("every read answers what it does not know by the failure that the document describes, and what was read before by 304", async ({ request }) => {
  for (const [path, operation] of await readReads(request)) {
    const address = toAddress(path, operation, "F-NOTHER", null);
    const refused = await request.get(`${address}&nope=1`);
    expect([address, refused.status()]).toEqual([address, 400]);
    const schema = operation.responses["400"]?.content["application/json"]?.schema ?? false;
    expect([address, z.fromJSONSchema(schema).safeParse(await refused.json()).success]).toEqual([address, true]);
    if (withoutEnd(operation)) continue;
    const { etag } = (await request.get(address)).headers();
    if (!address.includes("F-NOTHER")) expect([address, "304" in operation.responses]).toEqual([address, etag !== undefined]);
    if (etag) expect([address, (await request.get(address, { headers: { "if-none-match": `W/${etag}` } })).status()]).toEqual([address, 304]);
  }
});

/** How to ask a path for something; those with a body are asked with none. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"] as const;

test("every path says which methods it has, and refuses any other as the document describes failures", async ({ request }) => {
  const document = (await (await request.get("/api/v1/openapi.json")).json()) as { paths: Record<string, Record<string, Operation>> };
  for (const [path, operations] of Object.entries(document.paths)) {
    const [first] = Object.values(operations);
    if (!first) continue;
    const address = toAddress(path, first, "F-NOTHER", null);
    const served = Object.keys(operations).map((method) => method.toUpperCase());
    const allowed = [...served, ...(served.includes("GET") ? ["HEAD"] : []), "OPTIONS"].sort().join(", ");
    const options = await request.fetch(address, { method: "OPTIONS" });
    expect([address, options.status(), options.headers().allow?.split(", ").sort().join(", ")]).toEqual([address, 204, allowed]);
    for (const method of METHODS) {
      if (allowed.split(", ").includes(method)) continue;
      const refused = await request.fetch(address, { method });
      expect([method, address, refused.status(), refused.headers().allow]).toEqual([method, address, 405, allowed]);
      if (method === "HEAD") continue;
      const schema = first.responses.default?.content["application/json"]?.schema ?? false;
      expect([method, address, z.fromJSONSchema(schema).safeParse(await refused.json()).success]).toEqual([method, address, true]);
    }
  }
});

test("every body must be there, be JSON, say so, be of a size, and hold nothing that is not known", async ({ request }) => {
  const document = (await (await request.get("/api/v1/openapi.json")).json()) as {
    paths: Record<string, Record<string, Operation & { requestBody?: unknown }>>;
  };
  const writes = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => (operation.requestBody ? [{ path, method, operation }] : [])),
  );
  expect(writes.length).toBeGreaterThan(4);
  for (const { path, method, operation } of writes) {
    const address = toAddress(path, operation, "", null);
    const send = async (type: string, data: string): Promise<readonly unknown[]> => {
      const response = await request.fetch(address, { method, headers: { "content-type": type }, data: Buffer.from(data) });
      return [address, response.status(), ((await response.json()) as { message: string }).message];
    };
    expect(await send("application/json", "")).toEqual([address, 400, "The body is empty: send JSON."]);
    expect(await send("application/json", "a: 1")).toEqual([address, 400, "The body is not JSON."]);
    expect(await send("application/json", '{"nope":1}')).toEqual([address, 400, expect.stringMatching(/nope|is missing|must be/)]);
    expect(await send("application/json", `"${"x".repeat(1024 * 1024)}"`)).toEqual([address, 413, "The body is larger than 1 MiB."]);
    expect(await send("text/plain", "{}")).toEqual([address, 415, 'The body is sent as "text/plain": send it with content-type: application/json.']);
  }
});

test("every read answers HEAD with the status of GET and no body, one without end as well", async ({ request }) => {
  for (const [path, operation] of await readReads(request)) {
    const address = toAddress(path, operation, "F-NOTHER", null);
    const { status, length } = await request.head(address).then(async (response) => ({ status: response.status(), length: (await response.body()).length }));
    expect([address, status, length]).toEqual([address, address.includes("F-NOTHER") ? 404 : 200, 0]);
  }
});
