import { expect, it } from "vitest";
import { firstClause } from "./first-clause";

it("keeps what is short, cuts what is long after its first clause, and says that it goes on", () => {
  expect(firstClause("Delete the binding, or the subject that is gone")).toBe("Delete the binding, or the subject that is gone");
  expect(firstClause("Put the value into a Secret or an external store, mount it as a file, and rotate the credential")).toBe(
    "Put the value into a Secret or an external store …",
  );
  expect(firstClause("Where it is, use `a, b` and `c, d` of the list that stands below; and not the other one")).toBe(
    "Where it is, use `a, b` and `c, d` of the list that stands below …",
  );
  expect(firstClause("Set the field of the node to the authority of the cluster that signs for it")).toBe(
    "Set the field of the node to the authority of the cluster that signs for it",
  );
});
