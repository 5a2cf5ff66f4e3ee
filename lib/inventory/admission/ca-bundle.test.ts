import { describe, expect, it, test } from "vitest";
import { lacksBundle, whyTrustsNothing } from "./ca-bundle";
import { toKubeObject } from "../kube-object";
import { AUTHORITY, EXPIRED_AUTHORITY, OF_A_STAR, OF_CLIENTS_ALONE, OF_GUARD_ALONE, OF_THE_SERVICE } from "./testing-ca-bundles";
import { addressOf } from "./webhook-address";

const NOW = "2026-11-30T12:00:00Z";
const APP = { service: { namespace: "guard", name: "app" } };
const IN_A_CLUSTER = { creationTimestamp: "2026-11-30T00:00:00Z" };
const hook = (clientConfig: object, metadata: object = IN_A_CLUSTER) => {
  const body = { kind: "ValidatingWebhookConfiguration", metadata: { name: "guard", ...metadata } };
  return { spec: { clientConfig }, configuration: toKubeObject(body, () => "platform") };
};
const tell = (clientConfig: object, at = NOW) => whyTrustsNothing(hook(clientConfig), addressOf(hook(clientConfig)), at);
const together = (...bundles: readonly string[]) => btoa(bundles.map(atob).join(""));

const OVER = "no certificate in its caBundle is valid at this time";
const EMPTY = "its caBundle holds no certificate";
const STRANGE = (host: string) => `no certificate in its caBundle may vouch for ${host}`;

test.each([
  ["an authority", { ...APP, caBundle: AUTHORITY }, null],
  ["one that is over", { ...APP, caBundle: EXPIRED_AUTHORITY }, OVER],
  ["one that is over beside one that is not", { ...APP, caBundle: together(EXPIRED_AUTHORITY, AUTHORITY) }, null],
  ["the very certificate of the Service", { ...APP, caBundle: OF_THE_SERVICE }, null],
  ["that of another Service", { service: { namespace: "guard", name: "other" }, caBundle: OF_THE_SERVICE }, STRANGE("other.guard.svc")],
  ["a star for the Service", { service: { namespace: "wide", name: "any" }, caBundle: OF_THE_SERVICE }, null],
  ["a star for one part of a name alone", { url: "https://a.any.wide.svc", caBundle: OF_THE_SERVICE }, STRANGE("a.any.wide.svc")],
  ["that of another Service beside an authority that is over", { ...APP, caBundle: together(OF_THE_SERVICE, EXPIRED_AUTHORITY) }, null],
  ["no address, at one", { url: "https://10.0.0.1:9443/", caBundle: OF_THE_SERVICE }, STRANGE("10.0.0.1")],
  ["an authority for clients alone, which is for that name itself", { ...APP, caBundle: OF_CLIENTS_ALONE }, STRANGE("app.guard.svc")],
  ["one beside an authority for all", { ...APP, caBundle: together(OF_CLIENTS_ALONE, AUTHORITY) }, null],
  ["an authority for names like it", { ...APP, caBundle: OF_GUARD_ALONE }, null],
  ["an authority for other names", { service: { namespace: "other", name: "app" }, caBundle: OF_GUARD_ALONE }, STRANGE("app.other.svc")],
  ["an authority for names that end alike", { service: { namespace: "notguard", name: "app" }, caBundle: OF_GUARD_ALONE }, STRANGE("app.notguard.svc")],
  ["an authority that may not sign for what is below a name", { url: "https://a.deep.guard.svc", caBundle: OF_GUARD_ALONE }, STRANGE("a.deep.guard.svc")],
  // A name with a star may stand for it.
  ["one that may not sign for just that name", { url: "https://deep.guard.svc", caBundle: OF_GUARD_ALONE }, null],
  ["an authority for a name with a star, which is for it", { ...APP, caBundle: OF_A_STAR }, null],
  ["an authority for a name with a star alone", { url: "https://a.app.guard.svc", caBundle: OF_A_STAR }, STRANGE("a.app.guard.svc")],
  ["an authority for what is below a name", { url: "https://a.lone.svc", caBundle: OF_A_STAR }, null],
  ["an authority for what is below a name, and not for it", { url: "https://lone.svc", caBundle: OF_A_STAR }, STRANGE("lone.svc")],
  ["an authority for other names, at an address", { url: "https://10.0.0.1:9443/", caBundle: OF_GUARD_ALONE }, null],
  ["a new line", { ...APP, caBundle: btoa("\n") }, EMPTY],
  ["a block that is none", { ...APP, caBundle: btoa(`-----BEGIN CERTIFICATE-----\n${btoa("none")}\n-----END CERTIFICATE-----`) }, EMPTY],
  ["a block that does not decode", { ...APP, caBundle: btoa("-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----") }, EMPTY],
  ["a certificate cut short", { ...APP, caBundle: btoa(atob(AUTHORITY).replace(/\n[^\n]+\n(?=-----END)/, "\n")) }, EMPTY],
  ["what is not shown", { ...APP, caBundle: "<hidden>" }, null],
  ["nothing", APP, null],
  ["something else", { ...APP, caBundle: 3 }, null],
])("tells of %s whether it may vouch for what answers", (_, clientConfig, because) => {
  expect(tell(clientConfig)).toBe(because);
});

it("tells it at the moment that is asked about", () => {
  const at = (moment: string) => tell({ ...APP, caBundle: EXPIRED_AUTHORITY }, moment);
  expect(["2019-12-31T23:59:59Z", "2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z", "2020-01-02T00:00:01Z"].map(at)).toEqual([OVER, null, null, OVER]);
});

describe("a bundle that others write", () => {
  const told = (metadata: object) => {
    const written = hook({ ...APP, caBundle: btoa("\n") }, metadata);
    return [whyTrustsNothing(written, addressOf(written), NOW), lacksBundle(written, addressOf(written))];
  };
  it.each(["cert-manager.io/inject-ca-from", "cert-manager.io/inject-ca-from-secret", "service.beta.openshift.io/inject-cabundle"])(
    "is not there yet where %s is in a manifest",
    (name) => expect(told({ annotations: { [name]: "guard/app" }, creationTimestamp: null })).toEqual([null, true]),
  );
  it("is what it is in a cluster", () => {
    expect(told({ annotations: { "cert-manager.io/inject-ca-from": "guard/app" }, ...IN_A_CLUSTER })).toEqual([EMPTY, false]);
  });
  it("is not there yet in a manifest where it holds nothing, and is what it is where it holds something", () => {
    expect(told({})).toEqual([null, true]);
    const over = hook({ ...APP, caBundle: EXPIRED_AUTHORITY }, { annotations: { "example.com/inject-ca-from": "guard/app" } });
    expect([whyTrustsNothing(over, addressOf(over), NOW), lacksBundle(over, addressOf(over))]).toEqual([OVER, false]);
  });
});

describe("the API server itself", () => {
  const own = { service: { namespace: "default", name: "kubernetes" } };
  it("needs no bundle, whatever is in it", () => {
    expect(tell({ ...own, caBundle: EXPIRED_AUTHORITY })).toBeNull();
    expect(lacksBundle(hook(own), addressOf(hook(own)))).toBe(false);
  });
  it("is known as any other at another port", () => {
    const elsewhere = { service: { ...own.service, port: 6443 } };
    expect(tell({ ...elsewhere, caBundle: EXPIRED_AUTHORITY })).toBe(OVER);
    expect(lacksBundle(hook(elsewhere), addressOf(hook(elsewhere)))).toBe(true);
  });
});

test.each([
  [APP, true],
  [{ ...APP, caBundle: AUTHORITY }, false],
  [{ url: "https://guard.example.com" }, false],
  [{}, false],
])("says of %j whether nobody but the machine could say whom it trusts", (clientConfig, lacks) => {
  expect(lacksBundle(hook(clientConfig), addressOf(hook(clientConfig)))).toBe(lacks);
});
