import { expect, test } from "vitest";
import { sayTooManyResults } from "./to-sarif";
import { testCommand } from "./testing-command";

const { write, run } = testCommand("sarif");

interface Result {
  readonly ruleId: string;
  readonly locations: readonly {
    readonly logicalLocations: readonly unknown[];
    readonly physicalLocation?: { readonly artifactLocation: { readonly uri: string }; readonly region: { readonly startLine: number } };
  }[];
}

const resultsOf = (...args: readonly string[]): readonly Result[] => {
  const { runs } = JSON.parse(run(["--format", "sarif", "--complete", ...args]).out) as { runs: { results: Result[] }[] };
  return runs[0]?.results ?? [];
};
const scan = (...args: readonly string[]) => {
  return resultsOf(...args).map(({ ruleId, locations }) => {
    const { artifactLocation, region } = locations[0]?.physicalLocation ?? {};
    return [ruleId, artifactLocation?.uri, region?.startLine];
  });
};

const POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: cart}\nspec: {containers: [{name: c, image: nginx}]}\n";
const GRANT = `apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: open, namespace: shop}
spec:
  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: other}]
  to:
    - {group: "", kind: Service}
`;

test("places what is said of the whole cluster, since GitHub refuses a report with a result that stands in no file", () => {
  const file = write("pod.yaml", `# first\n---\n${POD}`);
  const found = scan("--only", "cluster", file);
  expect(found).toContainEqual(["admission-policy-absent", file, 3]);
  expect(found.filter(([, uri]) => uri === undefined)).toEqual([]);
});

test("places what is said of the whole cluster at the object that is at fault, where there is one", () => {
  const grant = write("grant.yaml", GRANT);
  expect(scan("--only", "reference-grant-open", write("other.yaml", POD), grant)).toEqual([["reference-grant-open", grant, 7]]);
});

test("names a field by the object that has it, where that is not the one which fails", () => {
  const [found] = resultsOf("--only", "reference-grant-open", write("grant-alone.yaml", GRANT));
  expect(found?.locations[0]?.logicalLocations).toEqual([
    { kind: "object", fullyQualifiedName: "Cluster/-/cluster" },
    { kind: "object", fullyQualifiedName: "ReferenceGrant/shop/open", name: "spec.to[0].name" },
  ]);
  const [own] = resultsOf("--only", "host-network", write("own.yaml", POD.replace("spec: {", "spec: {hostNetwork: true, ")));
  expect(own?.locations[0]?.logicalLocations).toEqual([{ kind: "object", fullyQualifiedName: "Pod/default/cart", name: "spec.hostNetwork" }]);
});

test("names a few of the other places of an object alone, however often it is given", () => {
  const file = write("many.yaml", Array.from({ length: 100 }, () => POD.replace("{name: cart}", "{generateName: job-}")).join("---\n"));
  const { runs } = JSON.parse(run(["--format", "sarif", "--only", "run-as-non-root", file]).out) as {
    runs: { results: { relatedLocations: unknown[] }[] }[];
  };
  expect(runs[0]?.results.map(({ relatedLocations }) => relatedLocations.length)).toEqual(Array.from({ length: 100 }, () => 20));
});

test("says when GitHub would refuse a report for its length", () => {
  expect(sayTooManyResults(25_000)).toBeNull();
  expect(sayTooManyResults(25_001)).toBe(
    "SARIF: 25,001 results; code scanning of GitHub takes 25,000 a run: leave out what is mild by --min-severity, or judge folder by folder.",
  );
});
