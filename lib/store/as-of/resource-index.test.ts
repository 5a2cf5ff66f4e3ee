import { expect, test } from "vitest";
import { fc } from "../../model/testing-properties";
import { namesIn } from "./resource-index";
import type { ResourceName } from "./resource-names";

const someNamespace = fc.constantFrom(null, "a", "a-b", "ab", "b", "default", "z");

function toNames(namespaces: readonly (string | null)[]): readonly ResourceName[] {
  const made = namespaces.map((namespace, id): ResourceName => {
    const name = `pod-${id}`;
    return { id, key: name, apiVersion: "v1", kind: "Pod", namespace, name, scope: "workload", firstSeq: 1 };
  });
  const at = ({ namespace }: ResourceName): string => namespace ?? "";
  return made.sort((one, other) => (at(one) === at(other) ? 0 : at(one) < at(other) ? -1 : 1));
}

test("the objects of one namespace are found among those of any others", () => {
  fc.assert(
    fc.property(fc.array(someNamespace), fc.constantFrom("a", "a-b", "ab", "b", "c", "default", "z"), (namespaces, wanted) => {
      const names = toNames(namespaces);
      expect(namesIn({ names, changedSeqs: new Int32Array() }, wanted)).toEqual(names.filter(({ namespace }) => namespace === wanted));
    }),
  );
});
