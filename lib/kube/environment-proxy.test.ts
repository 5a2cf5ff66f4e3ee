import { describe, expect, it } from "vitest";
import { findEnvironmentProxy } from "./environment-proxy";

const find = (server: string, environment: Readonly<Record<string, string>>) => findEnvironmentProxy(server, environment)?.url ?? null;

describe("the proxy of the environment", () => {
  it.each([
    ["https://a.example", { HTTPS_PROXY: "http://p:1", HTTP_PROXY: "http://q:1" }, "http://p:1"],
    ["http://a.example", { HTTPS_PROXY: "http://p:1", HTTP_PROXY: "http://q:1" }, "http://q:1"],
    ["https://a.example", { https_proxy: "http://p:1" }, "http://p:1"],
    ["https://a.example", { HTTPS_PROXY: "", https_proxy: "p:3128" }, "http://p:3128"],
    ["https://a.example", { HTTP_PROXY: "http://q:1" }, null],
  ])("is named after the scheme, in either case: %s with %o", (server, environment, expected) => {
    expect(find(server, environment)).toBe(expected);
  });

  const OWN = ["https://localhost:6443", "https://127.0.0.1:6443", "https://127.9.9.9", "https://[::1]:6443", "https://[::ffff:127.0.0.1]:6443"];

  it.each(OWN)("is never asked for this machine: %s", (server) => {
    expect(find(server, { HTTPS_PROXY: "http://p:1" })).toBeNull();
  });

  it.each([
    ["*", "https://a.example", true],
    ["a.example", "https://a.example:6443", true],
    ["a.example", "https://b.a.example", true],
    ["a.example", "https://ba.example", false],
    [".example", "https://a.example", true],
    [".a.example", "https://a.example", false],
    ["*.example", "https://A.example", true],
    ["a.example:6443", "https://a.example:6443", true],
    ["a.example:443", "https://a.example", true],
    ["a.example:443", "https://a.example:6443", false],
    ["b.example, a.example", "https://a.example", true],
    ["10.0.0.0/8", "https://10.1.2.3:6443", true],
    ["10.0.0.0/8", "https://11.1.2.3:6443", false],
    ["10.0.0.0/8", "https://10.example", false],
    ["10.0.0.0/8", "https://[::ffff:10.1.2.3]:6443", true],
    ["10.0.0.0/8", "https://[::ffff:11.1.2.3]:6443", false],
    ["10.0.0.0/", "https://11.1.2.3:6443", false],
    ["10.1.2.3", "https://10.1.2.3", true],
    ["1.2.3", "https://10.1.2.3", false],
    ["fd00::/8", "https://[fd00::1]:6443", true],
    ["fd00::1", "https://[fd00::1]:6443", true],
    ["[fd00::1]:6443", "https://[fd00::1]:6443", true],
    ["no/range", "https://10.1.2.3", false],
    ["", "https://a.example", false],
  ])("NO_PROXY=%s and %s: excepted %s", (exceptions, server, isExcepted) => {
    expect(find(server, { HTTPS_PROXY: "http://p:1", NO_PROXY: exceptions })).toBe(isExcepted ? null : "http://p:1");
  });

  it("heeds no_proxy where NO_PROXY says nothing", () => {
    const proxied = { HTTPS_PROXY: "http://p:1", no_proxy: "a.example" };
    expect(find("https://a.example", proxied)).toBeNull();
    expect(find("https://a.example", { ...proxied, NO_PROXY: "" })).toBeNull();
    expect(find("https://a.example", { ...proxied, NO_PROXY: "b.example" })).toBe("http://p:1");
  });
});
