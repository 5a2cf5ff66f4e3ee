import { SearchParamsContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { RefLinks } from "./ref-links";

function shown(known: number, count: number): { readonly first: string; readonly folded: string | null } {
  const refs = Array.from({ length: known }, (_, index) => ({ apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: `w${index + 1}` }));
  const links = createElement(RefLinks, { refs, count, hrefOf: ({ name }) => `/c/prod/network?workload=${name}` });
  const html = renderToStaticMarkup(createElement(SearchParamsContext.Provider, { value: new URLSearchParams() }, links));
  const [first = "", folded] = html.split("<details").map((part) => part.replace(/^[^<]*class="net-more">|<[^>]*>/g, "").trim());
  return { first, folded: folded ?? null };
}

it("names all of a few, and unfolds those beyond the first from their count", () => {
  expect(shown(2, 2)).toEqual({ first: "w1, w2", folded: null });
  expect(shown(7, 7)).toEqual({ first: "w1, w2, w3, w4, w5, w6, w7", folded: null });
  expect(shown(9, 9)).toEqual({ first: "w1, w2, w3, w4, w5, w6", folded: "and 3 more w7, w8, w9" });
});

it("says of those that were not sent that they are not listed", () => {
  expect(shown(8, 1_234)).toEqual({ first: "w1, w2, w3, w4, w5, w6", folded: "and 1,228 more w7, w8, and 1,226 that are not listed" });
});
