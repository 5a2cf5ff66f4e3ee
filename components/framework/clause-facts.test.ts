import { SearchParamsContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { ClauseFacts } from "./clause-facts";

it("leads from each clause to its place in the list of its framework", () => {
  const clauses = [
    { framework: "CIS Kubernetes 1.12", clause: "5.1.1", key: "cis", id: "5.1.1" },
    { framework: "NSA/CISA 1.2", clause: "Role-based access control", key: "nsa", id: "RB" },
    { framework: "MITRE ATT&CK", clause: "T1078.003", key: "mitre", id: "T1078.003" },
    { framework: "MITRE ATT&CK", clause: "T1098.006", key: "mitre", id: "T1098.006" },
  ];
  const html = renderToStaticMarkup(
    createElement(SearchParamsContext.Provider, { value: new URLSearchParams() }, createElement(ClauseFacts, { clauses, base: "/c/prod" })),
  );
  expect([...html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/g)].map(([, href, text]) => `${text?.replace(/<[^>]*>/g, "")} ${href}`)).toEqual([
    "5.1.1 /c/prod/frameworks/cis?view=list#5.1.1",
    "Role-based access control /c/prod/frameworks/nsa?view=list#RB",
    "T1078.003 /c/prod/frameworks/mitre?view=list#T1078.003",
    "T1098.006 /c/prod/frameworks/mitre?view=list#T1098.006",
  ]);
  expect(html.match(/<dt>/g)).toHaveLength(3);
});
