import { expect, it } from "vitest";
import { requireRole } from "./require-role";

const ask = (method: string, headers: Readonly<Record<string, string>>) =>
  requireRole("admin", new Request("http://localhost:3000/api/v1", { method, headers: { host: "localhost:3000", ...headers } }));

it.each([
  ["another site", { origin: "http://elsewhere.example" }],
  ["another port of this machine", { origin: "http://localhost:8080" }],
  ["a page without an origin of its own", { origin: "null" }],
  ["an origin that is no address", { origin: "not an address" }],
  ["a browser that says so", { "sec-fetch-site": "cross-site" }],
  ["a browser that says that it is of another port", { "sec-fetch-site": "same-site" }],
])("refuses a change from %s", async (_from, headers) => {
  await expect(ask("POST", headers)).rejects.toMatchObject({ code: "forbidden" });
});

it("names the site, and itself: behind a proxy its own page is another's", async () => {
  await expect(ask("POST", { origin: "https://concentric.example", "sec-fetch-site": "same-origin" })).rejects.toMatchObject({
    message: "A page of another site (concentric.example, not localhost:3000) asked for this change; it was refused.",
  });
});

it("names no site that has no address", async () => {
  await expect(ask("POST", { origin: "null" })).rejects.toMatchObject({ message: "A page of another site asked for this change; it was refused." });
});

it("takes changes of its own pages and of programs, and lets anybody read", async () => {
  await ask("POST", { origin: "http://localhost:3000", "sec-fetch-site": "same-origin" });
  await ask("DELETE", {});
  for (const method of ["GET", "HEAD"]) await ask(method, { origin: "http://elsewhere.example", "sec-fetch-site": "cross-site" });
});
