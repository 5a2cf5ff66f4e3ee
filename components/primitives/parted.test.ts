import { createElement, type FunctionComponent } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { KIND_PARTS, Parted, PATH_PARTS } from "./parted";
import { WholeIds } from "./whole-ids";

function draw<P extends object>(part: FunctionComponent<P>, props: P): string {
  return renderToStaticMarkup(createElement(part, props)).replaceAll("<wbr/>", "|");
}

it("names go on below between their parts, and never within a version or an address", () => {
  expect(draw(Parted, { text: "ip-10-0-2-17.eu-central-1.compute.internal" })).toBe("ip-|10-|0-|2-|17|.eu-|central-|1|.compute|.internal");
  expect(draw(Parted, { text: "ghcr.io/harbour/envoy:1.36.2@5bf1f44" })).toBe("ghcr|.io/|harbour/|envoy:|1.36.2|@5bf1f44");
  expect(draw(Parted, { text: "10.0.0.1" })).toBe("10.0.0.1");
});

it("paths go on below at their dots, kinds between their words", () => {
  expect(draw(Parted, { text: "spec.template.spec", at: PATH_PARTS })).toBe("spec|.template|.spec");
  expect(draw(Parted, { text: "ClusterRoleBinding", at: KIND_PARTS })).toBe("Cluster|Role|Binding");
  expect(draw(Parted, { text: "CSIDriver", at: KIND_PARTS })).toBe("CSIDriver");
});

it("an id of a finding stays whole in any sentence", () => {
  expect(draw(WholeIds, { text: "There is no finding F-ZZZZZZ in harbour" })).toBe('There is no finding <span class="nowrap">F-ZZZZZZ</span> in harbour');
  expect(draw(WholeIds, { text: "Nothing to keep whole" })).toBe("Nothing to keep whole");
});
